package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Generate answers with bare text, and in the end with the context to go on from. */
record GenerateShape(Prompt prompt) implements ReplyShape {
    @Override
    public void content(JsonGenerator json, String text, String thinking, List<ToolCall> calls, int firstCall)
            throws IOException {
        json.writeStringField("response", text);
        if (!thinking.isEmpty()) {
            json.writeStringField("thinking", thinking);
        }
        if (!calls.isEmpty()) {
            ToolCallWriter.write(json, calls, firstCall);
        }
    }

    @Override
    public void beforeMetrics(JsonGenerator json, String answer) throws IOException {
        ConversationContext.write(json, prompt, answer);
    }
}
