package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    private Map<ModelPart, ModelFacts> known = new HashMap<>();

    /** What a list of models turns out to be. */
    ModelFolder.Content look(List<ModelFiles> offered) {
        Map<String, ModelFile> models = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        Map<ModelPart, ModelFacts> seen = new HashMap<>();
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
        return new ModelFolder.Content(models, missing, Map.of());
    }

    private ModelFile model(String name, ModelFiles files, Map<ModelPart, ModelFacts> seen)
            throws IOException, UnusableModelException {
        ModelPart weights = ModelPart.of(files.weights().toAbsolutePath().normalize());
        List<ModelPart> adapters = new ArrayList<>();
        for (Path adapter : files.adapters()) {
            adapters.add(ModelPart.of(adapter.toAbsolutePath()));
        }
        Optional<ModelPart> projector = files.projector().isPresent()
                ? Optional.of(ModelPart.of(files.projector().get().toAbsolutePath()))
                : Optional.empty();
        return new ModelFile(
                name,
                List.of(weights),
                files.modifiedAt(),
                facts(weights, seen),
                Optional.empty(),
                Optional.of(files.digest()),
                adapters,
                projector);
    }

    private ModelFacts facts(ModelPart weights, Map<ModelPart, ModelFacts> seen)
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
