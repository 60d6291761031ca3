package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the models that the host keeps. A file is read once for as long as its size and time stay the same. Used by one thread at a time. */
final class OfferedModels {
    private static final Logger LOG = LoggerFactory.getLogger(OfferedModels.class);

    private Map<Weights, ModelFacts> known = new HashMap<>();

    private record Weights(Path path, long size, FileTime modified) {}

    /** What a list of models turns out to be. */
    ModelFolder.Content look(List<ModelFiles> offered) {
        Map<String, ModelFile> models = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        Map<Weights, ModelFacts> seen = new HashMap<>();
        for (ModelFiles files : offered) {
            String name = ConfiguredModel.fullName(files.name());
            try {
                models.put(name, model(name, files, seen));
            } catch (IOException | UnusableModelException e) {
                String fault = e instanceof NoSuchFileException
                        ? "one of them is not there"
                        : OutputTail.withoutFolders(String.valueOf(e.getMessage()));
                missing.put(name, "the files of model '" + name + "' cannot be used: " + fault);
                LOG.warn("{} is not offered: {}", name, fault);
            }
        }
        known = seen;
        return new ModelFolder.Content(models, missing);
    }

    private ModelFile model(String name, ModelFiles files, Map<Weights, ModelFacts> seen)
            throws IOException, UnusableModelException {
        Path path = files.weights().toAbsolutePath().normalize();
        long size = Files.size(path);
        List<Path> others = new ArrayList<>(files.adapters());
        files.projector().ifPresent(others::add);
        long whole = size;
        for (Path other : others) {
            whole += Files.size(other);
        }
        FileTime modified = Files.getLastModifiedTime(path);
        return new ModelFile(
                name,
                path,
                whole,
                files.modifiedAt(),
                modified.toInstant(),
                facts(new Weights(path, size, modified), seen),
                Optional.empty(),
                Optional.of(files.digest()),
                files.adapters().stream().map(Path::toAbsolutePath).toList(),
                files.projector().map(Path::toAbsolutePath));
    }

    private ModelFacts facts(Weights weights, Map<Weights, ModelFacts> seen)
            throws IOException, UnusableModelException {
        ModelFacts facts = seen.get(weights);
        if (facts == null) {
            facts = known.get(weights);
        }
        if (facts == null) {
            facts = ModelFacts.read(weights.path());
        }
        seen.put(weights, facts);
        return facts;
    }
}
