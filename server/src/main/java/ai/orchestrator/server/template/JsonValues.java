package ai.orchestrator.server.template;

import ai.orchestrator.server.template.language.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as values of a template, which print as JSON again. */
final class JsonValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonValues() {}

    /** The value of a JSON text; an empty object where it is none. */
    static Value parse(String json) {
        try {
            return of(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            return new Value.Entries(Map.of(), true);
        }
    }

    static Value of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Value> values = new LinkedHashMap<>();
                node.properties().forEach(entry -> values.put(entry.getKey(), of(entry.getValue())));
                yield new Value.Entries(values, true);
            }
            case ARRAY -> {
                List<Value> values = new ArrayList<>(node.size());
                node.forEach(element -> values.add(of(element)));
                yield new Value.Items(List.copyOf(values), true);
            }
            case BOOLEAN -> Value.of(node.booleanValue());
            case NUMBER ->
                node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? Value.of(node.longValue())
                        : new Value.Real(node.doubleValue());
            case STRING -> Value.of(node.textValue());
            default -> Value.NIL;
        };
    }
}
