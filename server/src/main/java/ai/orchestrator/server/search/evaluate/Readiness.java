package ai.orchestrator.server.search.evaluate;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.plugin.search.VectorKeeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Waits until an engine has read a collection, and has its vectors. */
final class Readiness {
    private static final Duration POLL = Duration.ofMillis(50);

    private final SearchEngine engine;
    private final Duration patience;
    private final AtomicInteger embedded = new AtomicInteger();
    private final AtomicReference<Optional<PluginFailure>> failure = new AtomicReference<>(Optional.empty());

    /** @param patience how long nothing may happen before this goes on with what there is */
    Readiness(SearchEngine engine, Duration patience) {
        this.engine = engine;
        this.patience = patience;
    }

    /**
     * Waits.
     *
     * @param probe a query that finds something
     * @throws PluginFailure if the engine cannot be used, or vectors cannot be made
     */
    void await(int documents, Optional<TextEmbedder> embedder, SearchQuery probe, SearchTrial.Progress progress)
            throws InterruptedException {
        until(() -> engine.health().state() == Health.State.UP);
        if (engine.health().state() != Health.State.UP) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNAVAILABLE,
                    "the documents could not be read: " + engine.health().detail());
        }
        if (engine instanceof VectorKeeper keeper && embedder.isPresent()) {
            keeper.embedBy(counted(embedder.get()));
            until(() -> {
                progress.at(embedded.get(), documents);
                return embedded.get() >= documents;
            });
            // the last ones are seen by queries a moment after they are made
            until(() ->
                    engine.search(probe).stream().allMatch(hit -> hit.vector().isPresent()));
        }
    }

    /** Until it is so, or nothing has happened for long. */
    private void until(BooleanSupplier done) throws InterruptedException {
        String before = "";
        long since = System.nanoTime();
        while (!done.getAsBoolean()) {
            failure.get().ifPresent(why -> {
                throw why;
            });
            String now = embedded.get() + engine.health().detail();
            if (!now.equals(before)) {
                before = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > patience.toNanos()) {
                return;
            }
            Thread.sleep(POLL);
        }
    }

    private TextEmbedder counted(TextEmbedder embedder) {
        return new TextEmbedder() {
            @Override
            public String model() {
                return embedder.model();
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                try {
                    List<float[]> vectors = embedder.embed(texts);
                    embedded.addAndGet(texts.size());
                    return vectors;
                } catch (PluginFailure e) {
                    failure.set(Optional.of(e));
                    throw e;
                }
            }
        };
    }
}
