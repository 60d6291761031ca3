package ai.orchestrator.server.template;

import ai.orchestrator.server.template.language.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a tool's parameters as templates see it. */
final class Schemas {
    private static final int MAX_NESTING = 16;
    private static final Value NONE = new Value.Items(List.of(), true);

    private Schemas() {}

    static Value parameters(Value schema) {
        return new Value.Thing(
                "parameters of a tool",
                Map.of(
                        "Type", member(schema, "type"),
                        "Required", orNone(member(schema, "required")),
                        "Items", member(schema, "items"),
                        "Defs", member(schema, "$defs"),
                        "Properties", properties(schema, 0)),
                schema);
    }

    private static Value properties(Value schema, int nesting) {
        Map<String, Value> properties = new LinkedHashMap<>();
        if (member(schema, "properties") instanceof Value.Entries(Map<String, Value> values, var ignored)
                && nesting < MAX_NESTING) {
            values.forEach((name, property) -> properties.put(name, property(property, nesting + 1)));
        }
        return new Value.Entries(properties, true);
    }

    private static Value property(Value schema, int nesting) {
        return new Value.Thing(
                "property of a tool",
                Map.of(
                        "Type", type(member(schema, "type")),
                        "Description", orEmpty(member(schema, "description")),
                        "Enum", orNone(member(schema, "enum")),
                        "Items", member(schema, "items"),
                        "AnyOf", orNone(member(schema, "anyOf")),
                        "Required", orNone(member(schema, "required")),
                        "Properties", properties(schema, nesting)),
                schema);
    }

    /** One type prints as a text, several as a list in brackets. */
    private static Value type(Value type) {
        return type instanceof Value.Items(List<Value> types, var ignored)
                ? types.size() == 1 ? types.getFirst() : new Value.Items(types, false)
                : orEmpty(type);
    }

    private static Value member(Value schema, String name) {
        return schema instanceof Value.Entries(Map<String, Value> members, var ignored)
                ? members.getOrDefault(name, Value.NIL)
                : Value.NIL;
    }

    private static Value orNone(Value value) {
        return value instanceof Value.Nil ? NONE : value;
    }

    private static Value orEmpty(Value value) {
        return value instanceof Value.Nil ? Value.of("") : value;
    }
}
