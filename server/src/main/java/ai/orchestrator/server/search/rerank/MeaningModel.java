package ai.orchestrator.server.search.rerank;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.plugin.search.VectorKeeper;
import ai.orchestrator.server.embed.UnitVectors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which model search compares meanings by: the first local one of the configured embedding providers. */
public final class MeaningModel {
    private static final Logger LOG = LoggerFactory.getLogger(MeaningModel.class);

    /** Loading takes a processor for a second, which the first answers have better use for. */
    private static final Duration AFTER_START = Duration.ofSeconds(3);

    private MeaningModel() {}

    /** Has an engine that keeps vectors make them by this. */
    public static void give(SearchEngine engine, TextEmbedder embedder) {
        if (engine instanceof VectorKeeper keeper) {
            keeper.embedBy(embedder);
        }
    }

    /** Loads it in the background, once the start is over, so that the first search need not do without it for want of time. */
    public static void load(TextEmbedder embedder) {
        CompletableFuture.delayedExecutor(AFTER_START.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> {
                    try {
                        embedder.embed(List.of());
                    } catch (RuntimeException e) {
                        LOG.debug("{} could not be loaded: {}", embedder.model(), e.getMessage());
                    }
                });
    }

    /** What makes its vectors; empty where nothing embeds on this machine. */
    public static Optional<TextEmbedder> embedder(List<EmbeddingProvider> providers, UnitVectors.Reading reading) {
        return providers.stream()
                .flatMap(provider -> provider.models().stream())
                .filter(model -> model.remote().isEmpty())
                .filter(model -> model.capabilities().contains(Capability.EMBEDDING))
                .filter(model -> !model.capabilities().contains(Capability.COMPLETION))
                .map(ModelInfo::name)
                .findFirst()
                .flatMap(model -> UnitVectors.find(model, providers, reading));
    }
}
