package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.TokenLogprob;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Probabilities on {@code llama-server}'s wire. */
final class ServerLogprobs {
    private ServerLogprobs() {}

    /** @param top how many alternatives were asked for */
    static List<TokenLogprob> read(JsonNode tokens, int top) {
        return tokens.valueStream()
                .map(token -> new TokenLogprob(
                        token.path("token").asText(),
                        logprob(token),
                        bytes(token),
                        token.path("top_logprobs")
                                .valueStream()
                                .limit(top)
                                .map(other -> new TokenLogprob.Alternative(
                                        other.path("token").asText(), logprob(other), bytes(other)))
                                .toList()))
                .toList();
    }

    private static double logprob(JsonNode token) {
        return Math.min(0, token.path("logprob").asDouble());
    }

    private static List<Integer> bytes(JsonNode token) {
        return token.path("bytes").valueStream().map(JsonNode::intValue).toList();
    }
}
