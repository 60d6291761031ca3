package ai.orchestrator.server.template;

import ai.orchestrator.server.template.language.Value;
import ai.orchestrator.server.template.language.Value.Items.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
                        "Type", new Value.Items(types(schema), Form.ALONE),
                        "ToTypeScriptType", Value.of(typeScript(schema, nesting)),
                        "Description", orEmpty(member(schema, "description")),
                        "Enum", orNone(member(schema, "enum")),
                        "Items", member(schema, "items"),
                        "AnyOf", orNone(member(schema, "anyOf")),
                        "Required", orNone(member(schema, "required")),
                        "Properties", properties(schema, nesting)),
                schema);
    }

    private static List<Value> types(Value schema) {
        return switch (member(schema, "type")) {
            case Value.Items(List<Value> types, var ignored) -> types;
            case Value.Text type -> List.of(type);
            default -> List.of();
        };
    }

    /** The type in TypeScript, by which some models were taught what tools take. */
    private static String typeScript(Value schema, int nesting) {
        List<Value> choices =
                member(schema, "anyOf") instanceof Value.Items(List<Value> any, var ignored) ? any : List.of();
        if (!choices.isEmpty() && nesting < MAX_NESTING) {
            return choices.stream()
                    .map(choice -> typeScript(choice, nesting + 1))
                    .collect(Collectors.joining(" | "));
        }
        List<Value> types = types(schema);
        return types.isEmpty() ? "any" : types.stream().map(Schemas::typeScript).collect(Collectors.joining(" | "));
    }

    private static String typeScript(Value type) {
        String name = type instanceof Value.Text(String text) ? text : "";
        return switch (name) {
            case "string", "boolean", "null" -> name;
            case "number", "integer" -> "number";
            case "array" -> "any[]";
            case "object" -> "Record<string, any>";
            default -> "any";
        };
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
