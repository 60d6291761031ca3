package ai.orchestrator.server.http.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Chat answers with a message. */
enum ChatShape implements ReplyShape {
    INSTANCE;

    @Override
    public void content(JsonGenerator json, Piece piece) throws IOException {
        json.writeObjectFieldStart("message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", piece.text());
        if (!piece.thinking().isEmpty()) {
            json.writeStringField("thinking", piece.thinking());
        }
        if (!piece.calls().isEmpty()) {
            ToolCallWriter.write(json, piece.calls(), piece.firstCall());
        }
        json.writeEndObject();
    }
}
