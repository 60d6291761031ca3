package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        return tree("the JSON schema of the format", schema);
    }

    /**
     * The schema of a tool's arguments; of any object where the tool does not say.
     *
     * @throws ai.orchestrator.plugin.PluginFailure as {@link #tree}
     */
    static ObjectNode ofTool(ToolDefinition tool) {
        return tool.parametersJson().isBlank()
                ? JSON.createObjectNode().put("type", "object")
                : tree("the parameters of the tool '" + tool.name() + "'", tool.parametersJson());
    }

    /** A schema as maps and lists, its members in their order. */
    static Map<String, Object> map(ObjectNode schema) {
        return JSON.convertValue(schema, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** The schema of a call of one of the tools: its name and its arguments. */
    static ObjectNode ofCall(List<ToolDefinition> tools) {
        ObjectNode any = JSON.createObjectNode();
        ArrayNode calls = any.putArray("anyOf");
        for (ToolDefinition tool : tools) {
            ObjectNode call = calls.addObject().put("type", "object");
            ObjectNode properties = call.putObject("properties");
            properties.putObject("name").put("const", tool.name());
            properties.set("arguments", ofTool(tool));
            call.putArray("required").add("name").add("arguments");
            call.put("additionalProperties", false);
        }
        return any;
    }

    private static ObjectNode tree(String what, String schema) {
        if (schema.length() > MOST_CHARACTERS) {
            throw Refusals.invalid(what + " is too long");
        }
        try {
            JsonNode tree = JSON.readTree(schema);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw Refusals.invalid(what + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw Refusals.invalid(what + " is not JSON: " + e.getOriginalMessage());
        }
    }
}
