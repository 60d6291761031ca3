package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.model.ModelInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is on offer at one time.
 *
 * @param ids the server's name of each model, by its name here
 */
record Offer(List<ModelInfo> models, Map<String, String> ids) {
    Optional<ModelInfo> model(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    String id(ModelInfo model) {
        return ids.getOrDefault(model.name(), model.name());
    }
}
