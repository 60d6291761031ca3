package ai.orchestrator.server.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.NameSpelling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The catalog over the configured services. Asks them each time: what they offer changes while they run. */
public final class ServiceCatalog implements ModelCatalog {
    private static final ModelDescription NOTHING = new ModelDescription("", "", "", "", "", "{}");
    private static final Comparator<Running> LAST_TO_EXPIRE_FIRST = Comparator.comparing(
                    (Running running) -> running.state().expiresAt().orElse(Instant.MAX))
            .reversed();

    private final List<ModelProvider> models;
    private final List<EmbeddingProvider> embedders;
    private final Supplier<String> rulesFingerprint;
    private final Instant started;

    /**
     * @param models in the order of the configuration
     * @param embedders in the order of the configuration; model providers that embed are asked after them
     * @param rulesFingerprint the digest of {@code auto}
     * @param started when {@code auto} came into being
     */
    public ServiceCatalog(
            List<ModelProvider> models,
            List<EmbeddingProvider> embedders,
            Supplier<String> rulesFingerprint,
            Instant started) {
        this.models = List.copyOf(models);
        List<EmbeddingProvider> all = new ArrayList<>(embedders);
        models.stream()
                .filter(EmbeddingProvider.class::isInstance)
                .map(EmbeddingProvider.class::cast)
                .forEach(all::add);
        this.embedders = List.copyOf(all);
        this.rulesFingerprint = rulesFingerprint;
        this.started = started;
    }

    @Override
    public List<ModelInfo> list() {
        List<ModelInfo> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        all.add(auto());
        names.add(ModelName.AUTO);
        models.forEach(provider -> addNew(provider.models(), names, all));
        embedders.forEach(provider -> addNew(provider.models(), names, all));
        all.sort(Comparator.comparing(ModelInfo::modifiedAt).reversed().thenComparing(ModelInfo::name));
        return all;
    }

    @Override
    public Optional<ModelInfo> find(String name) {
        return ModelName.parse(name).map(ModelName::full).flatMap(full -> {
            if (full.equals(ModelName.AUTO)) {
                return Optional.of(auto());
            }
            for (ModelProvider provider : models) {
                Optional<ModelInfo> model = provider.model(full);
                if (model.isPresent()) {
                    return model;
                }
            }
            return embedder(full).flatMap(provider -> named(provider.models(), full));
        });
    }

    @Override
    public Optional<String> whyMissing(String name) {
        String full = ModelName.parse(name).map(ModelName::full).orElse(name);
        return models.stream()
                .map(provider -> provider.whyMissing(full))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String spelling(ModelInfo model) {
        return models.stream()
                .filter(NameSpelling.class::isInstance)
                .flatMap(provider -> ((NameSpelling) provider).spelling(model.name()).stream())
                .findFirst()
                .orElse(model.name());
    }

    @Override
    public ModelDescription describe(ModelInfo model) {
        return provider(model.name())
                .flatMap(provider -> provider.describe(model.name()))
                .orElse(NOTHING);
    }

    @Override
    public void load(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive) {
        provider(model.name()).ifPresent(provider -> provider.load(model.name(), options, keepAlive));
    }

    @Override
    public void unload(ModelInfo model) {
        provider(model.name()).ifPresent(provider -> provider.unload(model.name()));
    }

    @Override
    public List<Running> running() {
        List<Running> running = new ArrayList<>();
        for (ModelProvider provider : models) {
            List<ModelInfo> offered = provider.models();
            for (LoadedModel state : provider.loaded()) {
                named(offered, state.name()).ifPresent(model -> running.add(new Running(model, state)));
            }
        }
        running.sort(LAST_TO_EXPIRE_FIRST);
        return running;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return embedder(request.model())
                .orElseThrow(() -> new PluginFailure.Permanent(
                        FailureCode.UNSUPPORTED, "\"" + request.model() + "\" does not support embeddings"))
                .embed(request);
    }

    /** The provider that answers for a full name. */
    Optional<ModelProvider> provider(String full) {
        for (ModelProvider provider : models) {
            if (provider.model(full).isPresent()) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    private Optional<EmbeddingProvider> embedder(String full) {
        return embedders.stream()
                .filter(provider -> named(provider.models(), full)
                        .filter(model -> model.capabilities().contains(Capability.EMBEDDING))
                        .isPresent())
                .findFirst();
    }

    /** The model that stands for the choice by rules. */
    private ModelInfo auto() {
        return new ModelInfo(
                ModelName.AUTO,
                rulesFingerprint.get(),
                0,
                started,
                "",
                List.of("router"),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Optional.empty(),
                Optional.empty());
    }

    private static void addNew(List<ModelInfo> offered, Set<String> names, List<ModelInfo> all) {
        offered.stream().filter(model -> names.add(model.name())).forEach(all::add);
    }

    private static Optional<ModelInfo> named(List<ModelInfo> offered, String full) {
        return offered.stream().filter(model -> model.name().equals(full)).findFirst();
    }
}
