package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.ModelDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads what {@code /api/show} tells beyond the list. */
final class Descriptions {
    private Descriptions() {}

    static ModelDescription read(JsonNode shown) {
        ObjectNode metadata = Json.MAPPER.createObjectNode();
        shown.path("model_info").properties().forEach(entry -> {
            // lists of tokens, which are left out unless they are asked for
            if (!entry.getValue().isNull() && !entry.getValue().isArray()) {
                metadata.set(entry.getKey(), entry.getValue());
            }
        });
        return new ModelDescription(
                Json.text(shown, "license"),
                Json.text(shown, "template"),
                Json.text(shown, "system"),
                Json.text(shown, "parameters"),
                "",
                metadata.toString());
    }
}
