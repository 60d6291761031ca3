package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the models in a folder. A file is read once for as long as its size and time stay the same. Used by one thread at a time. */
final class ModelFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
    private static final String SUFFIX = ".gguf";
    private static final int MAX_NAME = 80;

    private final Path folder;
    private final List<ConfiguredModel> configured;
    private Map<Path, Look> looks = new HashMap<>();
    private boolean unreadable;

    /**
     * What a file turned out to be.
     *
     * @param facts empty for a file that cannot be used
     * @param fault why it cannot be used, as a clause; empty for one that can
     */
    private record Look(long size, long modifiedMillis, Optional<ModelFacts> facts, String fault) {}

    /**
     * What the folder holds.
     *
     * @param missing why each model is not on offer that is named by the settings or by a file and cannot be used, by its name
     */
    record Content(Map<String, ModelFile> models, Map<String, String> missing) {
        static final Content NOTHING = new Content(Map.of(), Map.of());
    }

    ModelFolder(Path folder, List<ConfiguredModel> configured) {
        this.folder = folder;
        this.configured = configured;
    }

    /** Looks at the folder now. */
    Content look() {
        Pass pass = new Pass();
        Set<Path> named = new HashSet<>();
        for (ConfiguredModel model : configured) {
            Path file = folder.resolve(model.file()).normalize();
            named.add(file);
            pass.add(model.name(), file, Optional.of(model));
        }
        for (Path file : files()) {
            if (!named.contains(file) && !pass.knows(nameOf(file))) {
                pass.add(nameOf(file), file, Optional.empty());
            }
        }
        looks = pass.seen;
        return new Content(Collections.unmodifiableMap(pass.models), Collections.unmodifiableMap(pass.missing));
    }

    /** What one look at the folder finds. */
    private final class Pass {
        private final Map<String, ModelFile> models = new LinkedHashMap<>();
        private final Map<String, String> missing = new LinkedHashMap<>();
        private final Map<Path, Look> seen = new HashMap<>();

        boolean knows(String name) {
            return models.containsKey(name) || missing.containsKey(name);
        }

        void add(String name, Path file, Optional<ConfiguredModel> settings) {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (IOException e) {
                settings.ifPresent(model -> missing.put(name, notInstalled(model)));
                return;
            }
            Look look = look(file, attributes, name);
            seen.put(file, look);
            if (look.facts().isEmpty()) {
                missing.put(name, "the file of model '" + name + "' cannot be used: " + look.fault());
                return;
            }
            Instant modified = attributes.lastModifiedTime().toInstant();
            models.put(
                    name,
                    new ModelFile(
                            name,
                            file,
                            attributes.size(),
                            modified,
                            look.facts().get(),
                            settings));
        }
    }

    private static String notInstalled(ConfiguredModel model) {
        String installed = "model '" + model.name() + "' is not installed";
        return model.howToGet().isEmpty() ? installed : installed + "; to get it: " + model.howToGet();
    }

    private Look look(Path file, BasicFileAttributes attributes, String name) {
        long size = attributes.size();
        long modified = attributes.lastModifiedTime().toMillis();
        Look before = looks.get(file);
        if (before != null && before.size() == size && before.modifiedMillis() == modified) {
            return before;
        }
        try {
            return new Look(size, modified, Optional.of(ModelFacts.read(file)), "");
        } catch (IOException | UnusableModelException e) {
            String fault = e instanceof NoSuchFileException ? "it has gone" : String.valueOf(e.getMessage());
            // a file that is still being copied is looked at each time it has grown, and told of once
            if (before == null || before.facts().isPresent()) {
                LOG.warn("{} is not offered, its file {} cannot be used: {}", name, file.getFileName(), fault);
            }
            return new Look(size, modified, Optional.empty(), fault);
        }
    }

    private Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                        && Files.isRegularFile(entry)) {
                    files.add(entry.normalize());
                }
            }
            unreadable = false;
        } catch (IOException e) {
            if (!unreadable && !(e instanceof NoSuchFileException)) {
                LOG.warn("The models' folder cannot be read: {}", e.getMessage());
            }
            unreadable = true;
        }
        return files;
    }

    /** A file's name as a model's name: in lower case, without what no model's name may have, with the tag {@code latest}. */
    static String nameOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String bare = name.substring(0, name.length() - SUFFIX.length())
                .replaceAll("[^a-z0-9_.-]", "-")
                .replaceFirst("^[^a-z0-9_]+", "");
        String cut = bare.length() > MAX_NAME ? bare.substring(0, MAX_NAME) : bare;
        return (cut.isEmpty() ? "model" : cut) + ":latest";
    }
}
