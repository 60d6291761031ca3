package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.TokenLogprob;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes the probabilities of tokens, in the two forms that OpenAI has for them. Nothing is written where there are none. */
public final class LogprobWriter {
    /** What OpenAI tells of a token that cannot be: JSON has no infinity. */
    private static final double IMPOSSIBLE = -9999;

    private LogprobWriter() {}

    /** Writes the member {@code logprobs} as chat completions have it: an object a token. */
    static void content(JsonGenerator json, List<TokenLogprob> tokens) throws IOException {
        if (tokens.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("logprobs");
        json.writeFieldName("content");
        objects(json, tokens);
        json.writeEndObject();
    }

    /** Writes a list of an object a token, which may be empty. */
    public static void objects(JsonGenerator json, List<TokenLogprob> tokens) throws IOException {
        json.writeStartArray();
        for (TokenLogprob token : tokens) {
            json.writeStartObject();
            token(json, token.token(), token.logprob(), token.bytes());
            json.writeArrayFieldStart("top_logprobs");
            for (TokenLogprob.Alternative other : token.top()) {
                json.writeStartObject();
                token(json, other.token(), other.logprob(), other.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Writes the member {@code logprobs} as completions have it: lists side by side.
     *
     * @param offset how many characters of the answer's text go before
     * @return the same for what comes after
     */
    static int lists(JsonGenerator json, List<TokenLogprob> tokens, int offset) throws IOException {
        if (tokens.isEmpty()) {
            return offset;
        }
        json.writeObjectFieldStart("logprobs");
        json.writeArrayFieldStart("tokens");
        for (TokenLogprob token : tokens) {
            json.writeString(token.token());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("token_logprobs");
        for (TokenLogprob token : tokens) {
            json.writeNumber(finite(token.logprob()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("top_logprobs");
        for (TokenLogprob token : tokens) {
            json.writeStartObject();
            for (TokenLogprob.Alternative other : token.top()) {
                json.writeNumberField(other.token(), finite(other.logprob()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("text_offset");
        int at = offset;
        for (TokenLogprob token : tokens) {
            json.writeNumber(at);
            at += token.token().codePointCount(0, token.token().length());
        }
        json.writeEndArray();
        json.writeEndObject();
        return at;
    }

    private static void token(JsonGenerator json, String token, double logprob, List<Integer> bytes)
            throws IOException {
        json.writeStringField("token", token);
        json.writeNumberField("logprob", finite(logprob));
        json.writeArrayFieldStart("bytes");
        for (int unit : bytes) {
            json.writeNumber(unit);
        }
        json.writeEndArray();
    }

    private static double finite(double logprob) {
        return Double.isFinite(logprob) ? logprob : IMPOSSIBLE;
    }
}
