package ai.orchestrator.server.http.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Completions answer with bare text. Belongs to one reply. */
final class CompletionShape implements ReplyShape {
    private final ReplyHead head;
    private final boolean includeUsage;
    private int offset;

    /** @param includeUsage whether each piece has a usage, of zeros until the end, as Ollama has it */
    CompletionShape(ReplyHead head, boolean includeUsage) {
        this.head = head;
        this.includeUsage = includeUsage;
    }

    @Override
    public ReplyHead head() {
        return head;
    }

    @Override
    public void whole(JsonGenerator json, Piece answer) throws IOException {
        text(json, answer.text());
        // Ollama drops it; a client that does not know it passes over it
        if (!answer.thinking().isEmpty()) {
            json.writeStringField("reasoning", answer.thinking());
        }
        offset = LogprobWriter.lists(json, answer.logprobs(), offset);
    }

    @Override
    public void piece(JsonGenerator json, Piece piece, boolean first) throws IOException {
        whole(json, piece);
    }

    @Override
    public void last(JsonGenerator json) throws IOException {
        text(json, "");
    }

    @Override
    public void besideChoices(JsonGenerator json) throws IOException {
        if (includeUsage) {
            UsageWriter.zeros(json);
        }
    }

    private static void text(JsonGenerator json, String text) throws IOException {
        json.writeStringField("text", text);
    }
}
