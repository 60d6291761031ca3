package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Writes tool calls; only the members that Ollama writes, since clients map them strictly. */
final class ToolCallWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 8;

    private ToolCallWriter() {}

    static void write(JsonGenerator json, List<ToolCall> calls, int firstIndex) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        int index = firstIndex;
        for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.id().isEmpty() ? newId() : call.id());
            json.writeObjectFieldStart("function");
            json.writeNumberField("index", index);
            json.writeStringField("name", call.name());
            json.writeFieldName("arguments");
            MAPPER.writeTree(json, arguments(call));
            json.writeEndObject();
            json.writeEndObject();
            index++;
        }
        json.writeEndArray();
    }

    /** Fails unless the arguments are what the wire needs, before anything of the object is written. */
    static JsonNode arguments(ToolCall call) {
        try {
            JsonNode arguments = MAPPER.readTree(call.argumentsJson());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (IOException ignored) {
            // told below
        }
        throw new PluginFailure.Permanent(
                FailureCode.BAD_REPLY, "the model called a tool with arguments that are not a JSON object");
    }

    private static String newId() {
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current()
                .ints(ID_LENGTH, 0, ID_CHARACTERS.length())
                .forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
        return id.toString();
    }
}
