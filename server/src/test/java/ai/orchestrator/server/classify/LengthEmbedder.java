package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Embeds a text as its length, twice over; fails or waits where it is told to. */
public final class LengthEmbedder implements EmbeddingProvider {
    public static final String MODEL = "lengths:latest";

    public final List<String> texts = new ArrayList<>();
    public volatile boolean fails;
    public volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public List<ModelInfo> models() {
        return List.of(new ModelInfo(
                MODEL,
                "a".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(Capability.EMBEDDING),
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
        if (fails) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "no vectors today");
        }
        texts.addAll(request.texts());
        return new EmbeddingResult(
                request.texts().stream()
                        .map(text -> new float[] {text.length(), text.length()})
                        .toList(),
                1,
                Duration.ZERO);
    }
}
