package ai.orchestrator.server.model;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/** A provider that answers by a script. */
final class ScriptedProvider implements ModelProvider, EmbeddingProvider {
    final List<LoadedModel> loaded = new ArrayList<>();
    private final List<ModelInfo> models;
    private final BiConsumer<ModelRequest, ModelEvents> script;

    ScriptedProvider(List<ModelInfo> models, BiConsumer<ModelRequest, ModelEvents> script) {
        this.models = models;
        this.script = script;
    }

    static ModelInfo model(String name, Instant modifiedAt, Capability... capabilities) {
        return new ModelInfo(
                name,
                "a".repeat(64),
                1,
                modifiedAt,
                "gguf",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(capabilities),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<ModelInfo> models() {
        return models;
    }

    @Override
    public Optional<String> whyMissing(String model) {
        return model.equals("absent:latest") ? Optional.of("fetch it") : Optional.empty();
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        script.accept(request, events);
    }

    @Override
    public List<LoadedModel> loaded() {
        return loaded;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return new EmbeddingResult(List.of(new float[] {models.size()}), 1, Duration.ZERO);
    }
}
