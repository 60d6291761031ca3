package ai.orchestrator.plugin.model;

import java.util.List;

/**
 * How likely the model found a token that it wrote.
 *
 * @param token the token's text; U+FFFD stands for what is no whole character
 * @param logprob natural logarithm of the probability, 0 or less
 * @param bytes the token's bytes, each 0 to 255, which may be part of a character
 * @param top the likeliest tokens at this place, the likeliest first, as many as were asked for
 */
public record TokenLogprob(String token, double logprob, List<Integer> bytes, List<Alternative> top) {
    public TokenLogprob {
        bytes = List.copyOf(bytes);
        top = List.copyOf(top);
    }

    /**
     * A token that could have been written.
     *
     * @param token as in {@link TokenLogprob}
     * @param logprob as in {@link TokenLogprob}
     * @param bytes as in {@link TokenLogprob}
     */
    public record Alternative(String token, double logprob, List<Integer> bytes) {
        public Alternative {
            bytes = List.copyOf(bytes);
        }
    }
}
