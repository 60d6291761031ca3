package ai.orchestrator.server.library;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelFileRunner;
import ai.orchestrator.plugin.model.ModelFiles;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider with models of its own that also runs the host's files, and answers everything alike. */
final class FakeRunner implements ModelFileRunner, EmbeddingProvider {
    private static final Usage USAGE =
            new Usage(1, 0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");

    final List<ModelInfo> own = new CopyOnWriteArrayList<>();
    final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
    final List<SamplingOptions> loadedFor = new CopyOnWriteArrayList<>();
    final List<String> unloaded = new CopyOnWriteArrayList<>();
    volatile List<ModelFiles> offered = List.of();
    volatile List<LoadedModel> loaded = List.of();

    static ModelInfo model(String name, String digest, Optional<RemoteOrigin> remote) {
        return new ModelInfo(
                name,
                digest,
                1,
                Instant.EPOCH,
                "gguf",
                List.of("llama"),
                "1M",
                "Q4_1",
                OptionalInt.of(2048),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION, Capability.EMBEDDING),
                remote,
                Optional.empty(),
                remote.isPresent()
                        ? Optional.empty()
                        : Optional.of(SamplingOptions.builder().topK(3).build()));
    }

    @Override
    public void offer(List<ModelFiles> models) {
        offered = List.copyOf(models);
    }

    @Override
    public List<ModelInfo> models() {
        List<ModelInfo> all = new ArrayList<>(own);
        offered.forEach(files -> all.add(model(files.name(), files.digest(), Optional.empty())));
        return all;
    }

    @Override
    public Optional<ModelDescription> describe(String model) {
        return Optional.of(
                new ModelDescription("", "{{ own }}", "", "", "fake 1", "{\"general.architecture\":\"llama\"}"));
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        requests.add(request);
        events.emit(new ModelEvent.Text("Hi!"));
        events.emit(new ModelEvent.Finished(FinishReason.STOP, USAGE));
    }

    @Override
    public void load(String model, SamplingOptions options, Optional<Duration> keepAlive) {
        loadedFor.add(options);
    }

    @Override
    public void unload(String model) {
        unloaded.add(model);
    }

    @Override
    public List<LoadedModel> loaded() {
        return loaded;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return new EmbeddingResult(List.of(new float[] {request.model().length()}), 1, Duration.ZERO);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
