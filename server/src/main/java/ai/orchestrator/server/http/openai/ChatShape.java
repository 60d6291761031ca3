package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.RandomIds;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Chat completions answer with a message, or the change of one. */
record ChatShape(ReplyHead head) implements ReplyShape {
    @Override
    public void whole(JsonGenerator json, Piece answer) throws IOException {
        json.writeObjectFieldStart("message");
        message(json, answer, true, true);
        json.writeEndObject();
        LogprobWriter.content(json, answer.logprobs());
    }

    @Override
    public void piece(JsonGenerator json, Piece piece, boolean first) throws IOException {
        json.writeObjectFieldStart("delta");
        message(json, piece, first, first || !piece.text().isEmpty());
        json.writeEndObject();
        LogprobWriter.content(json, piece.logprobs());
    }

    @Override
    public void last(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("delta");
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, Piece piece, boolean role, boolean content) throws IOException {
        if (role) {
            json.writeStringField("role", "assistant");
        }
        if (content) {
            json.writeStringField("content", piece.text());
        }
        if (!piece.thinking().isEmpty()) {
            json.writeStringField("reasoning", piece.thinking());
        }
        if (!piece.calls().isEmpty()) {
            calls(json, piece.calls(), piece.firstCall());
        }
    }

    private static void calls(JsonGenerator json, List<ToolCall> calls, int firstIndex) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        int index = firstIndex;
        for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.id().isEmpty() ? RandomIds.call() : call.id());
            json.writeNumberField("index", index++);
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", call.name());
            json.writeStringField("arguments", CallArguments.of(call).toString());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
