package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/** JSON as this wire needs it: money exact, members of maps in one order. */
public final class Json {
    /** Writes and reads; never to be reconfigured. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** The tree of a text; a missing node if it is no JSON. */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * JSON that came with a request.
     *
     * @param what it is, for the message
     * @throws PluginFailure if it is none
     */
    public static JsonNode given(String what, @Nullable String text) {
        JsonNode tree = read(text == null ? "" : text);
        if (tree.isMissingNode()) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, what + " is not valid JSON");
        }
        return tree;
    }

    /**
     * The object that a far side sent.
     *
     * @throws PluginFailure if it is none
     */
    public static JsonNode object(String text) {
        JsonNode tree = read(text);
        if (!tree.isObject()) {
            throw new PluginFailure.Retriable(
                    FailureCode.BAD_REPLY, "the far side sent something that is no JSON object");
        }
        return tree;
    }

    /** A member's text, empty if it is absent, null or something else. */
    public static String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isTextual() ? value.textValue() : "";
    }
}
