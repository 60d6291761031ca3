package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.RandomIds;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** Writes tool calls; only the members that Ollama writes, since clients map them strictly. */
final class ToolCallWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ToolCallWriter() {}

    static void write(JsonGenerator json, List<ToolCall> calls, int firstIndex) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        int index = firstIndex;
        for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.id().isEmpty() ? RandomIds.call() : call.id());
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
        return CallArguments.of(call);
    }
}
