package ai.orchestrator.server.model;

import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A catalog by where its models run: a name can ask for it, and the operator can keep every request on this machine. */
public final class SourceCatalog implements ModelCatalog {
    private final ModelCatalog all;
    private final boolean localOnly;

    /** @param localOnly whether models that run elsewhere are left out */
    public SourceCatalog(ModelCatalog all, boolean localOnly) {
        this.all = all;
        this.localOnly = localOnly;
    }

    @Override
    public List<ModelInfo> list() {
        return localOnly ? all.list().stream().filter(this::mayBeUsed).toList() : all.list();
    }

    /** {@inheritDoc} A model that has the whole name comes before one that has it without its {@link ModelSource}. */
    @Override
    public Optional<ModelInfo> find(String name) {
        return named(name).filter(this::mayBeUsed);
    }

    /** {@inheritDoc} A name that asks for a model elsewhere is refused whether there is one or not. */
    @Override
    public boolean refusesRemote(String name) {
        return localOnly
                && named(name).map(model -> !mayBeUsed(model)).orElseGet(() -> ModelSource.of(name)
                        .filter(ModelSource::remote)
                        .isPresent());
    }

    @Override
    public Optional<String> whyMissing(String name) {
        return named(name).filter(model -> !mayBeUsed(model)).isPresent()
                ? Optional.of("model '" + name + "' runs elsewhere, and this server keeps every request on its machine")
                : all.whyMissing(name);
    }

    @Override
    public String spelling(ModelInfo model) {
        return all.spelling(model);
    }

    @Override
    public ModelDescription describe(ModelInfo model) {
        return all.describe(model);
    }

    @Override
    public void load(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive) {
        all.load(model, options, keepAlive);
    }

    @Override
    public void unload(ModelInfo model) {
        all.unload(model);
    }

    @Override
    public List<Running> running() {
        return all.running();
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return all.embed(request);
    }

    private Optional<ModelInfo> named(String name) {
        return all.find(name).or(() -> ModelSource.of(name).flatMap(source -> all.find(source.base())
                .filter(model -> model.remote().isPresent() == source.remote())));
    }

    private boolean mayBeUsed(ModelInfo model) {
        return !localOnly || model.remote().isEmpty();
    }
}
