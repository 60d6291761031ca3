package ai.orchestrator.plugin.embed;

import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Texts to embed.
 *
 * @param model a name out of {@link EmbeddingProvider#models}
 * @param truncate whether a text that is too long is cut to fit
 * @param options only {@code numCtx} matters, and only to some models
 * @param keepAlive how long the model stays loaded afterwards; empty for the default, negative for ever
 */
public record EmbeddingRequest(
        String model, List<String> texts, boolean truncate, SamplingOptions options, Optional<Duration> keepAlive) {
    public EmbeddingRequest {
        texts = List.copyOf(texts);
    }

    /** A request with every choice at its default. */
    public static EmbeddingRequest of(String model, List<String> texts) {
        return new EmbeddingRequest(model, texts, true, SamplingOptions.defaults(), Optional.empty());
    }
}
