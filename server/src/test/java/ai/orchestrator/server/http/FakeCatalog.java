package ai.orchestrator.server.http;

import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A few models, and a record of what was loaded and unloaded. */
public final class FakeCatalog implements ModelCatalog {
    /** What was asked, such as {@code load test:latest PT5M}. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public final List<ModelInfo> models = new CopyOnWriteArrayList<>();
    public final List<Running> running = new CopyOnWriteArrayList<>();
    public volatile ModelDescription description = new ModelDescription("", "", "", "", "", "{}");
    public volatile Function<EmbeddingRequest, EmbeddingResult> embedding = request -> new EmbeddingResult(
            request.texts().stream().map(text -> new float[] {3, 4, 12}).toList(), 4, Duration.ofMillis(1));

    public FakeCatalog() {
        models.add(model("test:latest", Capability.COMPLETION));
        models.add(model(
                "able:latest",
                Capability.COMPLETION,
                Capability.TOOLS,
                Capability.INSERT,
                Capability.VISION,
                Capability.THINKING));
        models.add(model("bert:latest", Capability.EMBEDDING));
        models.add(model("auto:latest", Capability.COMPLETION));
    }

    /** A model with these capabilities. */
    public static ModelInfo model(String name, Capability... capabilities) {
        return new ModelInfo(
                name,
                "c6eb396dbd5992bbe3f5cdb947e8bbc0ee413d7c17e2beaae69f5d569cf982eb",
                91_000_000,
                Instant.parse("2026-08-21T18:48:22.419386Z"),
                "gguf",
                List.of("llama"),
                "135M",
                "Q4_1",
                OptionalInt.of(8192),
                OptionalInt.empty(),
                Set.of(capabilities),
                Optional.empty(),
                Optional.empty());
    }

    /** The same model somewhere else. */
    public static ModelInfo remote(String name, RemoteOrigin origin) {
        ModelInfo local = model(name, Capability.COMPLETION);
        return new ModelInfo(
                name,
                local.digest(),
                0,
                local.modifiedAt(),
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                local.capabilities(),
                Optional.of(origin),
                Optional.empty());
    }

    @Override
    public List<ModelInfo> list() {
        return new ArrayList<>(models);
    }

    @Override
    public Optional<ModelInfo> find(String name) {
        return ModelName.parse(name).flatMap(wanted -> models.stream()
                .filter(model -> model.name().equals(wanted.full()))
                .findFirst());
    }

    @Override
    public Optional<String> whyMissing(String name) {
        return name.startsWith("smollm2") ? Optional.of("its file is not in models") : Optional.empty();
    }

    @Override
    public ModelDescription describe(ModelInfo model) {
        return description;
    }

    @Override
    public void load(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive) {
        calls.add("load " + model.name() + " "
                + keepAlive.map(Duration::toString).orElse("default")
                + options.numCtx().map(context -> " for " + context).orElse(""));
    }

    @Override
    public void unload(ModelInfo model) {
        calls.add("unload " + model.name());
    }

    @Override
    public List<Running> running() {
        return List.copyOf(running);
    }

    /** Adds a model that holds memory. */
    public void run(LoadedModel state) {
        running.add(new Running(find(state.name()).orElseThrow(), state));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        calls.add("embed " + request);
        return embedding.apply(request);
    }
}
