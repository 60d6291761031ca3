package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * The subset of JSON Schema that may be asked for with {@code strict}: every object closed, and each of its properties required. A far side
 * refuses other schemas under {@code strict}, so they go without it.
 */
final class StrictSchema {
    private StrictSchema() {}

    static boolean fits(JsonNode schema) {
        if (!schema.isObject()) {
            return false;
        }
        return Json.text(schema, "type").equals("object") && allFit(schema);
    }

    private static boolean allFit(JsonNode node) {
        if (node.isObject()
                && (node.has("properties") || node.path("type").asText().equals("object"))
                && !closed(node)) {
            return false;
        }
        for (JsonNode child : node) {
            if (!allFit(child)) {
                return false;
            }
        }
        return true;
    }

    private static boolean closed(JsonNode object) {
        Set<String> required = new HashSet<>();
        object.path("required").forEach(name -> required.add(name.asText()));
        JsonNode additional = object.path("additionalProperties");
        return additional.isBoolean()
                && !additional.booleanValue()
                && object.path("properties")
                        .propertyStream()
                        .allMatch(property -> required.contains(property.getKey()));
    }
}
