package ai.orchestrator.plugin.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a model costs, in US dollars per token. An absent part is not known, which is never the same as free.
 *
 * @param prompt for each token read
 * @param completion for each token written
 */
public record Price(Optional<BigDecimal> prompt, Optional<BigDecimal> completion) {
    private static final Price UNKNOWN = new Price(Optional.empty(), Optional.empty());

    /** A price that nobody told. */
    public static Price unknown() {
        return UNKNOWN;
    }

    /** A price per token. */
    public static Price perToken(BigDecimal prompt, BigDecimal completion) {
        return new Price(Optional.of(prompt), Optional.of(completion));
    }

    /** What so many tokens cost; empty if a price that is needed is not known. */
    public Optional<BigDecimal> of(long promptTokens, long completionTokens) {
        return prompt.flatMap(read -> completion.map(written -> read.multiply(BigDecimal.valueOf(promptTokens))
                .add(written.multiply(BigDecimal.valueOf(completionTokens)))));
    }
}
