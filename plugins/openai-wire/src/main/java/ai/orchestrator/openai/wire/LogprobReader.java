package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.TokenLogprob;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the token probabilities of a choice: as chats have them, as the older text completions do, and as a bare list. */
final class LogprobReader {
    private static final Comparator<TokenLogprob.Alternative> LIKELIEST_FIRST =
            Comparator.comparingDouble(TokenLogprob.Alternative::logprob).reversed();

    private LogprobReader() {}

    /** @param most how many alternatives are kept of each token; servers may send one more than was asked for */
    static List<TokenLogprob> read(JsonNode choice, int most) {
        JsonNode logprobs = choice.path("logprobs");
        List<TokenLogprob> read = new ArrayList<>();
        if (logprobs.isArray()) {
            logprobs.forEach(token -> chatToken(token, most, read));
        }
        for (String part : List.of("content", "refusal")) {
            logprobs.path(part).forEach(token -> chatToken(token, most, read));
        }
        JsonNode tokens = logprobs.path("tokens");
        for (int i = 0; i < tokens.size(); i++) {
            completionToken(logprobs, i, most, read);
        }
        return read;
    }

    private static void chatToken(JsonNode token, int most, List<TokenLogprob> read) {
        if (!token.path("logprob").isNumber()) {
            return;
        }
        List<TokenLogprob.Alternative> top = new ArrayList<>();
        for (JsonNode other : token.path("top_logprobs")) {
            if (other.path("logprob").isNumber()) {
                top.add(new TokenLogprob.Alternative(
                        Json.text(other, "token"), logprob(other.path("logprob")), bytes(other)));
            }
        }
        read.add(new TokenLogprob(
                Json.text(token, "token"), logprob(token.path("logprob")), bytes(token), likeliest(top, most)));
    }

    private static void completionToken(JsonNode logprobs, int i, int most, List<TokenLogprob> read) {
        JsonNode logprob = logprobs.path("token_logprobs").path(i);
        if (!logprob.isNumber()) {
            return;
        }
        List<TokenLogprob.Alternative> top = new ArrayList<>();
        logprobs.path("top_logprobs").path(i).properties().forEach(other -> {
            if (other.getValue().isNumber()) {
                top.add(new TokenLogprob.Alternative(other.getKey(), logprob(other.getValue()), utf8(other.getKey())));
            }
        });
        String text = logprobs.path("tokens").path(i).asText();
        read.add(new TokenLogprob(text, logprob(logprob), utf8(text), likeliest(top, most)));
    }

    private static List<TokenLogprob.Alternative> likeliest(List<TokenLogprob.Alternative> top, int most) {
        return top.stream().sorted(LIKELIEST_FIRST).limit(most).toList();
    }

    /** Rounding can lift the probability of the only possible token above one. */
    private static double logprob(JsonNode number) {
        return Math.min(0, number.doubleValue());
    }

    private static List<Integer> bytes(JsonNode token) {
        List<Integer> bytes = new ArrayList<>();
        for (JsonNode value : token.path("bytes")) {
            bytes.add(value.asInt() & 0xff);
        }
        return bytes.isEmpty() ? utf8(Json.text(token, "token")) : bytes;
    }

    private static List<Integer> utf8(String text) {
        List<Integer> bytes = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(value & 0xff);
        }
        return bytes;
    }
}
