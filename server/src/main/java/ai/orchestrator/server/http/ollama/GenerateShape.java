package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Prompt;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Generate answers with bare text, and in the end with the context to go on from. */
record GenerateShape(Prompt prompt) implements ReplyShape {
    @Override
    public void content(JsonGenerator json, Piece piece) throws IOException {
        json.writeStringField("response", piece.text());
        if (!piece.thinking().isEmpty()) {
            json.writeStringField("thinking", piece.thinking());
        }
        if (!piece.calls().isEmpty()) {
            ToolCallWriter.write(json, piece.calls(), piece.firstCall());
        }
    }

    @Override
    public void beforeMetrics(JsonGenerator json, String answer) throws IOException {
        ConversationContext.write(json, prompt, answer);
    }
}
