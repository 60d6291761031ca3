package ai.orchestrator.server.http;

import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a JSON object by lower-case name; those that are null are absent. A member of another type than asked for is refused by an
 * {@link HttpProblem}: in the words of Ollama's own decoder if the object has an owner, else in plain ones.
 */
public final class JsonObject {
    /** An object without members, which is what Ollama takes {@code null} for. */
    static final JsonObject NONE = new JsonObject(Map.of(), "");

    private final Map<String, JsonNode> members;
    private final String owner;

    private JsonObject(Map<String, JsonNode> members, String owner) {
        this.members = members;
        this.owner = owner;
    }

    /** The members of an object node. */
    static JsonObject of(JsonNode object, String owner) {
        Map<String, JsonNode> members = HashMap.newHashMap(object.size());
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey().toLowerCase(Locale.ROOT);
            if (member.getValue().isNull()) {
                members.remove(name);
            } else {
                members.put(name, member.getValue());
            }
        }
        return new JsonObject(members, owner);
    }

    /** The same members with another owner, such as {@code GenerateRequest}; empty for none. */
    public JsonObject named(String other) {
        return new JsonObject(members, other);
    }

    /** All names. */
    public Set<String> names() {
        return members.keySet();
    }

    /** Whether a member is there. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A member of any type. */
    public Optional<JsonNode> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** A member of any type as JSON text, its members in the client's order. */
    public Optional<String> json(String name) {
        return find(name).map(node -> Surrogates.repair(node.toString()));
    }

    /** A string; empty if absent. */
    public String text(String name) {
        JsonNode node = members.get(name);
        if (node == null) {
            return "";
        }
        if (!node.isTextual()) {
            throw wrongType(name, node, "string", "a string");
        }
        return Surrogates.repair(node.textValue());
    }

    /** A boolean. */
    public Optional<Boolean> bool(String name) {
        JsonNode node = members.get(name);
        if (node != null && !node.isBoolean()) {
            throw wrongType(name, node, "bool", "a boolean");
        }
        return node == null ? Optional.empty() : Optional.of(node.booleanValue());
    }

    /** A whole number that fits into 32 bits. */
    public Optional<Integer> integer(String name) {
        JsonNode node = members.get(name);
        if (node != null && !(node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt())) {
            throw wrongType(name, node, "int", "a whole number");
        }
        return node == null ? Optional.empty() : Optional.of(node.intValue());
    }

    /** A finite number. */
    public Optional<Double> number(String name) {
        JsonNode node = members.get(name);
        if (node != null && !(node.isNumber() && Double.isFinite(node.doubleValue()))) {
            throw wrongType(name, node, "float64", "a number");
        }
        return node == null ? Optional.empty() : Optional.of(node.doubleValue());
    }

    /** An object; one without members if absent. */
    public JsonObject object(String name) {
        JsonNode node = members.get(name);
        if (node == null) {
            return new JsonObject(Map.of(), inner(name));
        }
        if (!node.isObject()) {
            throw wrongType(name, node, "map[string]interface {}", "an object");
        }
        return of(node, inner(name));
    }

    /** The elements of an array; none if absent. */
    public List<JsonNode> array(String name) {
        JsonNode node = members.get(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrongType(name, node, "[]interface {}", "an array");
        }
        List<JsonNode> elements = new ArrayList<>(node.size());
        node.forEach(elements::add);
        return elements;
    }

    /** The elements of an array of strings; none if absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrongType(name, element, "string", "an array of strings");
            }
            texts.add(Surrogates.repair(element.textValue()));
        }
        return texts;
    }

    /** The elements of an array of objects; none if absent. */
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isObject()) {
                throw wrongType(name, element, "map[string]interface {}", "an array of objects");
            }
            objects.add(of(element, inner(name)));
        }
        return objects;
    }

    /** A complaint about a member's type. */
    public HttpProblem wrongType(String name, JsonNode found, String goType, String plainType) {
        JsonKind kind = JsonKind.of(found);
        return HttpProblem.badRequest(
                owner.isEmpty()
                        ? "'" + name + "' must be " + plainType
                                + (plainType.endsWith(kind.shortName()) ? "" : ", not " + kind.article())
                        : "json: cannot unmarshal " + kind.shortName() + " into Go struct field " + owner + "." + name
                                + " of type " + goType);
    }

    private String inner(String name) {
        return owner.isEmpty() ? "" : owner + "." + name;
    }
}
