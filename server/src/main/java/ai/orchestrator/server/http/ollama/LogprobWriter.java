package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.TokenLogprob;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Writes the probabilities of an answer's tokens, a flat list with one entry a token. */
final class LogprobWriter {
    /** For a token that cannot be: JSON has no infinity. */
    private static final double IMPOSSIBLE = -9999;

    private static final Comparator<TokenLogprob.Alternative> LIKELIEST_FIRST =
            Comparator.comparingDouble(TokenLogprob.Alternative::logprob).reversed();

    private LogprobWriter() {}

    /** Writes the member {@code logprobs}; nothing where there are none. */
    static void write(JsonGenerator json, List<TokenLogprob> tokens) throws IOException {
        if (tokens.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("logprobs");
        for (TokenLogprob token : tokens) {
            json.writeStartObject();
            members(json, token.token(), token.logprob(), token.bytes());
            if (!token.top().isEmpty()) {
                json.writeArrayFieldStart("top_logprobs");
                for (TokenLogprob.Alternative other :
                        token.top().stream().sorted(LIKELIEST_FIRST).toList()) {
                    json.writeStartObject();
                    members(json, other.token(), other.logprob(), other.bytes());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void members(JsonGenerator json, String token, double logprob, List<Integer> bytes)
            throws IOException {
        json.writeStringField("token", token);
        json.writeNumberField("logprob", Double.isFinite(logprob) ? logprob : IMPOSSIBLE);
        json.writeArrayFieldStart("bytes");
        for (int unit : bytes) {
            json.writeNumber(unit);
        }
        json.writeEndArray();
    }
}
