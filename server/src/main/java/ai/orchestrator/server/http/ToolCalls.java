package ai.orchestrator.server.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What every surface needs to write a tool call. */
public final class ToolCalls {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 8;

    private ToolCalls() {}

    /** The call's id; a new one, in Ollama's form, if the model gave none. */
    public static String id(ToolCall call) {
        if (!call.id().isEmpty()) {
            return call.id();
        }
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current()
                .ints(ID_LENGTH, 0, ID_CHARACTERS.length())
                .forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
        return id.toString();
    }

    /**
     * The call's arguments, a JSON object.
     *
     * @throws PluginFailure.Permanent if the model gave something else
     */
    public static JsonNode arguments(ToolCall call) {
        return object(call.argumentsJson())
                .orElseThrow(() -> new PluginFailure.Permanent(
                        FailureCode.BAD_REPLY, "the model called a tool with arguments that are not a JSON object"));
    }

    /** The JSON object of a text; empty if the text is anything else. */
    public static Optional<JsonNode> object(String json) {
        try {
            return Optional.of(MAPPER.readTree(json)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
