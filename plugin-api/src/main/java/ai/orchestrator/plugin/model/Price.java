package ai.orchestrator.plugin.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a model costs, in US dollars. An absent price per token is not known, which is never the same as free.
 *
 * @param prompt for each token read
 * @param completion for each token written
 * @param cachedPrompt for each token read that the far side had cached; empty if it costs what the others do
 * @param request for each call, beside its tokens
 * @param image for each image read, beside its tokens
 * @param longPrompts what long prompts cost instead; of several that hold, the last one that has a price counts
 */
public record Price(
        Optional<BigDecimal> prompt,
        Optional<BigDecimal> completion,
        Optional<BigDecimal> cachedPrompt,
        BigDecimal request,
        BigDecimal image,
        List<LongPrompt> longPrompts) {
    private static final Price UNKNOWN = new Price(Optional.empty(), Optional.empty());

    /**
     * Prices per token of calls that read more than so many tokens; an absent one is that of shorter prompts.
     *
     * @param over the most tokens that are still read at the shorter prompt's price
     */
    public record LongPrompt(
            long over,
            Optional<BigDecimal> prompt,
            Optional<BigDecimal> completion,
            Optional<BigDecimal> cachedPrompt) {}

    public Price {
        longPrompts = List.copyOf(longPrompts);
    }

    /** Prices of tokens alone, the same for short and long prompts. */
    public Price(Optional<BigDecimal> prompt, Optional<BigDecimal> completion) {
        this(prompt, completion, Optional.empty(), BigDecimal.ZERO, BigDecimal.ZERO, List.of());
    }

    /** A price that nobody told. */
    public static Price unknown() {
        return UNKNOWN;
    }

    /** A price per token. */
    public static Price perToken(BigDecimal prompt, BigDecimal completion) {
        return new Price(Optional.of(prompt), Optional.of(completion));
    }

    /** What a call of so many tokens costs, none of them cached, without images; empty if a price that is needed is not known. */
    public Optional<BigDecimal> of(long promptTokens, long completionTokens) {
        return of(promptTokens, 0, completionTokens, 0);
    }

    /** What a call costs by what it took; empty if a price that is needed is not known. */
    public Optional<BigDecimal> of(Usage usage, int images) {
        return of(usage.promptTokens(), usage.cachedPromptTokens(), usage.completionTokens(), images);
    }

    private Optional<BigDecimal> of(long promptTokens, long cachedTokens, long completionTokens, int images) {
        Optional<BigDecimal> read = prompt;
        Optional<BigDecimal> written = completion;
        Optional<BigDecimal> cached = cachedPrompt;
        for (LongPrompt longer : longPrompts) {
            if (promptTokens > longer.over()) {
                read = longer.prompt().isPresent() ? longer.prompt() : read;
                written = longer.completion().isPresent() ? longer.completion() : written;
                cached = longer.cachedPrompt().isPresent() ? longer.cachedPrompt() : cached;
            }
        }
        if (read.isEmpty() || written.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal cost = request.add(image.multiply(BigDecimal.valueOf(images)))
                .add(read.get().multiply(BigDecimal.valueOf(promptTokens - cachedTokens)))
                .add(cached.orElse(read.get()).multiply(BigDecimal.valueOf(cachedTokens)))
                .add(written.get().multiply(BigDecimal.valueOf(completionTokens)));
        return Optional.of(cost);
    }
}
