package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Chat answers with a message. */
enum ChatShape implements ReplyShape {
    INSTANCE;

    @Override
    public void content(JsonGenerator json, String text, String thinking, List<ToolCall> calls, int firstCall)
            throws IOException {
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", text);
        if (!thinking.isEmpty()) {
            json.writeStringField("thinking", thinking);
        }
        if (!calls.isEmpty()) {
            ToolCallWriter.write(json, calls, firstCall);
        }
        json.writeEndObject();
    }
}
