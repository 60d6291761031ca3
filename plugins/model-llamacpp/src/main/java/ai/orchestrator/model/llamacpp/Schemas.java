package ai.orchestrator.model.llamacpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Schemas as they come. */
final class Schemas {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CHARACTERS = 1 << 18;

    private Schemas() {}

    /**
     * A schema as a tree.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if it is no JSON object, or too long
     */
    static ObjectNode tree(String schema) {
        if (schema.length() > MOST_CHARACTERS) {
            throw Refusals.invalid("the JSON schema of the format is too long");
        }
        try {
            JsonNode tree = JSON.readTree(schema);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw Refusals.invalid("the JSON schema of the format is not a JSON object");
        } catch (JsonProcessingException e) {
            throw Refusals.invalid("the JSON schema of the format is not JSON: " + e.getOriginalMessage());
        }
    }
}
