package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the models in a folder. A file is read once for as long as its size and time stay the same. Used by one thread at a time. */
final class ModelFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
    private static final String SUFFIX = ".gguf";
    /** A file with this before its name is the projector of the one without. */
    private static final String PROJECTOR = "mmproj-";

    private static final int MAX_NAME = 80;

    private final Path folder;
    private final List<ConfiguredModel> configured;
    private Map<Path, Look> looks = new HashMap<>();
    private final Companions companions = new Companions();
    private boolean unreadable;

    /**
     * What a file turned out to be.
     *
     * @param weights the file, and the other parts of a model that was split
     * @param facts empty for a file that cannot be used
     * @param fault why it cannot be used, as a clause; empty for one that can
     * @param isModel whether it was meant to be a model
     */
    private record Look(List<ModelPart> weights, Optional<ModelFacts> facts, String fault, boolean isModel) {}

    /**
     * What the folder holds.
     *
     * @param missing why each model is not on offer that is named by the settings or by a file and cannot be used, by its name
     * @param noModels why each file is none that belongs to another model, by the name that it would have
     */
    record Content(Map<String, ModelFile> models, Map<String, String> missing, Map<String, String> noModels) {
        static final Content NOTHING = new Content(Map.of(), Map.of(), Map.of());
    }

    ModelFolder(Path folder, List<ConfiguredModel> configured) {
        this.folder = folder;
        this.configured = configured;
    }

    /** Looks at the folder now. */
    Content look() {
        Pass pass = new Pass();
        Set<Path> inSettings = new HashSet<>();
        for (ConfiguredModel model : configured) {
            Path file = folder.resolve(model.file()).normalize();
            inSettings.add(file);
            pass.add(model.name(), file, Optional.of(model));
        }
        Set<Path> files = files();
        for (Path file : files) {
            Optional<SplitName> split = SplitName.of(file);
            Path named = split.map(SplitName::whole).orElse(file);
            boolean isCounted = split.isPresent()
                    && split.get().part() > 1
                    && files.contains(split.get().first());
            if (!isCounted && !inSettings.contains(file) && !pass.knows(nameOf(named))) {
                pass.add(nameOf(named), file, Optional.empty());
            }
        }
        looks = pass.seen;
        companions.endOfLook();
        return new Content(
                Collections.unmodifiableMap(pass.models),
                Collections.unmodifiableMap(pass.missing),
                Collections.unmodifiableMap(pass.noModels));
    }

    /** What one look at the folder finds. */
    private final class Pass {
        private final Map<String, ModelFile> models = new LinkedHashMap<>();
        private final Map<String, String> missing = new LinkedHashMap<>();
        private final Map<String, String> noModels = new LinkedHashMap<>();
        private final Map<Path, Look> seen = new HashMap<>();

        boolean knows(String name) {
            return models.containsKey(name) || missing.containsKey(name);
        }

        void add(String name, Path file, Optional<ConfiguredModel> settings) {
            List<ModelPart> weights;
            try {
                weights = weights(file);
            } catch (IOException e) {
                settings.ifPresent(model -> missing.put(name, notInstalled(model)));
                return;
            }
            Look look = look(file, weights, name);
            seen.put(file, look);
            if (look.facts().isEmpty()) {
                boolean wanted = look.isModel() || settings.isPresent();
                (wanted ? missing : noModels).put(name, unusable(name, look.fault()));
                return;
            }
            try {
                models.put(name, model(name, look.weights(), look.facts().get(), settings));
            } catch (UnusableModelException e) {
                missing.put(name, unusable(name, e.getMessage()));
            }
        }
    }

    private static String unusable(String name, String fault) {
        return "the file of model '" + name + "' cannot be used: " + fault;
    }

    /** A file, and after the first part of a split model the others that are there. */
    private static List<ModelPart> weights(Path file) throws IOException {
        List<ModelPart> weights = new ArrayList<>(List.of(ModelPart.of(file)));
        for (Path other : others(file)) {
            if (Files.exists(other)) {
                weights.add(ModelPart.of(other));
            }
        }
        return weights;
    }

    private static List<Path> others(Path file) {
        return SplitName.of(file)
                .filter(split -> split.part() == 1)
                .map(SplitName::others)
                .orElse(List.of());
    }

    private ModelFile model(String name, List<ModelPart> weights, ModelFacts facts, Optional<ConfiguredModel> settings)
            throws UnusableModelException {
        List<ModelPart> adapters = new ArrayList<>();
        for (String adapter : settings.map(ConfiguredModel::adapters).orElse(List.of())) {
            adapters.add(companions.adapter(folder.resolve(adapter).normalize()));
        }
        Path beside = projectorBeside(weights.getFirst().path());
        Optional<Path> projector = settings.flatMap(ConfiguredModel::projector)
                .map(file -> folder.resolve(file).normalize())
                .or(() -> Optional.of(beside).filter(Files::isRegularFile));
        Instant modified = weights.stream()
                .map(ModelPart::written)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new ModelFile(
                name,
                weights,
                modified,
                facts,
                settings,
                Optional.empty(),
                adapters,
                projector.isPresent() ? Optional.of(companions.projector(projector.get())) : Optional.empty());
    }

    /** Where a model's projector is by its name. */
    private static Path projectorBeside(Path weights) {
        Path whole = SplitName.of(weights).map(SplitName::whole).orElse(weights);
        return whole.resolveSibling(PROJECTOR + whole.getFileName());
    }

    private static String notInstalled(ConfiguredModel model) {
        String installed = "model '" + model.name() + "' is not installed";
        return model.howToGet().isEmpty() ? installed : installed + "; to get it: " + model.howToGet();
    }

    private Look look(Path file, List<ModelPart> weights, String name) {
        Look before = looks.get(file);
        if (before != null && before.weights().equals(weights)) {
            return before;
        }
        try {
            return new Look(weights, Optional.of(ModelFacts.read(file, others(file))), "", true);
        } catch (UnusableModelException e) {
            if (e.belongsToAnother()) {
                if (before == null) {
                    LOG.info("{} is no model: {}", file.getFileName(), e.getMessage());
                }
                return new Look(weights, Optional.empty(), e.getMessage(), false);
            }
            return unusable(weights, before, name, file, e.getMessage());
        } catch (IOException e) {
            String fault = e instanceof NoSuchFileException ? "it has gone" : String.valueOf(e.getMessage());
            return unusable(weights, before, name, file, fault);
        }
    }

    private static Look unusable(List<ModelPart> weights, @Nullable Look before, String name, Path file, String fault) {
        // a file that is still being copied is looked at each time it has grown, and told of once
        if (before == null || before.facts().isPresent()) {
            LOG.warn("{} is not offered, its file {} cannot be used: {}", name, file.getFileName(), fault);
        }
        return new Look(weights, Optional.empty(), fault, true);
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
