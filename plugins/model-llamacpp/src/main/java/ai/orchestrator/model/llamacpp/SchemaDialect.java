package ai.orchestrator.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** Puts what JSON Schemas say in ways that llama.cpp does not read into ways that it does. */
final class SchemaDialect {
    private static final String ROOT = "#";
    private static final String WHOLE = "whole-schema";
    private static final String DEFINITIONS = "$defs";

    /** Keywords whose members are schemas by names of the user's. */
    private static final Set<String> BY_NAME = Set.of("properties", "patternProperties", DEFINITIONS, "definitions");

    /** Keywords whose value is a schema, or a list of them. */
    private static final Set<String> SCHEMAS = Set.of("items", "prefixItems", "anyOf", "oneOf", "allOf");

    private static final String ADDITIONAL = "additionalProperties";

    private boolean refersToRoot;

    private SchemaDialect() {}

    /**
     * A schema that means the same.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if llama.cpp would misunderstand it
     */
    static ObjectNode of(ObjectNode schema) {
        SchemaDialect dialect = new SchemaDialect();
        ObjectNode made = dialect.schema(schema);
        if (!dialect.refersToRoot) {
            return made;
        }
        ObjectNode outer = made.objectNode().put("$ref", "#/$defs/" + WHOLE);
        ObjectNode definitions = outer.putObject(DEFINITIONS);
        if (made.remove(DEFINITIONS) instanceof ObjectNode own) {
            definitions.setAll(own);
        }
        if (made.remove("definitions") instanceof ObjectNode older) {
            outer.set("definitions", older);
        }
        definitions.set(WHOLE, made);
        return outer;
    }

    private ObjectNode schema(ObjectNode schema) {
        checkRange(schema, "minItems", "maxItems");
        checkRange(schema, "minLength", "maxLength");
        checkRange(schema, "minimum", "maximum");
        checkRange(schema, "exclusiveMinimum", "maximum");
        checkRange(schema, "minimum", "exclusiveMaximum");
        checkRange(schema, "exclusiveMinimum", "exclusiveMaximum");
        ObjectNode made = schema.objectNode();
        if (schema.path("type").asText().equals("array")
                && schema.path("maxItems").asInt(-1) == 0) {
            // no grammar comes of a list that has no room
            made.putArray("const");
            return made;
        }
        schema.properties().forEach(entry -> made.set(entry.getKey(), member(entry.getKey(), entry.getValue())));
        return made;
    }

    /** A grammar that nothing satisfies ends the process of an older llama.cpp. */
    private static void checkRange(ObjectNode schema, String least, String most) {
        JsonNode from = schema.path(least);
        JsonNode to = schema.path(most);
        int exclusive = (least.startsWith("exclusive") ? 1 : 0) + (most.startsWith("exclusive") ? 1 : 0);
        boolean whole = !schema.path("type").asText().equals("number");
        double apart = to.asDouble() - from.asDouble() - (whole ? exclusive : 0);
        if (from.isNumber() && to.isNumber() && (apart < 0 || (apart == 0 && !whole && exclusive > 0))) {
            throw Refusals.invalid(
                    "the JSON schema cannot be used: nothing is between its " + least + " and its " + most);
        }
    }

    private JsonNode member(String keyword, JsonNode value) {
        if (value instanceof TextNode text) {
            return TextNode.valueOf(member(keyword, text.textValue()));
        }
        if (BY_NAME.contains(keyword) && value instanceof ObjectNode named) {
            if (named.has("")) {
                // llama.cpp would take its rule for the one of the whole
                throw Refusals.invalid("a JSON schema with a property without a name cannot be used");
            }
            ObjectNode made = named.objectNode();
            named.properties().forEach(entry -> made.set(entry.getKey(), subschema(entry.getValue())));
            return made;
        }
        boolean holdsSchemas = SCHEMAS.contains(keyword) || (keyword.equals(ADDITIONAL) && value.isObject());
        return holdsSchemas ? subschema(value) : value;
    }

    private String member(String keyword, String value) {
        if (keyword.equals("$ref") && value.equals(ROOT)) {
            refersToRoot = true;
            return "#/$defs/" + WHOLE;
        }
        return keyword.equals("pattern") ? PatternDialect.of(value) : value;
    }

    /** Where anything may be, {@code true} stands for the schema that says nothing. */
    private JsonNode subschema(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> schema(object);
            case ArrayNode list -> {
                ArrayNode made = list.arrayNode();
                list.forEach(each -> made.add(subschema(each)));
                yield made;
            }
            default -> value.isBoolean() && value.booleanValue() ? JsonNodeFactory.instance.objectNode() : value;
        };
    }
}
