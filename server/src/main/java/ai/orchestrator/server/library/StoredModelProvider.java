package ai.orchestrator.server.library;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelFileRunner;
import ai.orchestrator.plugin.model.ModelFiles;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.NameSpelling;
import ai.orchestrator.server.template.PromptTemplate;
import ai.orchestrator.server.template.TemplatedAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's models, each answered by the provider that can: one made of files by the first provider that runs the host's files, one that
 * stands for another by that one's. A name that a configured provider offers by itself is that provider's.
 */
final class StoredModelProvider implements ModelProvider, EmbeddingProvider, NameSpelling {
    private static final Logger LOG = LoggerFactory.getLogger(StoredModelProvider.class);

    private final StoredModels models;
    private final List<ModelProvider> providers;
    private final ModelCatalog others;
    private final Optional<ModelFileRunner> runner;
    private final SecondLook look;
    private final Set<String> told = new HashSet<>();

    /** Models that stand for others and were asked for since those were loaded. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** The digests by name of what the runner offers for the library. */
    private volatile Map<String, String> offered = Map.of();

    /**
     * @param providers the configured ones
     * @param others the catalog of what they offer
     * @param lookEvery how long what other processes do to the folder may go unseen
     */
    StoredModelProvider(StoredModels models, List<ModelProvider> providers, ModelCatalog others, Duration lookEvery) {
        this.look = new SecondLook(models, lookEvery, this::offer);
        this.models = models;
        this.providers = List.copyOf(providers);
        this.others = others;
        this.runner = providers.stream()
                .filter(ModelFileRunner.class::isInstance)
                .map(ModelFileRunner.class::cast)
                .findFirst();
    }

    /** Gives the runner the models that it is to offer from now on. */
    synchronized void offer() {
        if (runner.isEmpty()) {
            return;
        }
        List<ModelFiles> files = models.all().stream()
                .filter(model -> model.weights().isPresent() && isFree(model))
                .map(this::files)
                .toList();
        runner.get().offer(files);
        offered = files.stream().collect(Collectors.toMap(ModelFiles::name, ModelFiles::digest));
    }

    /** The model of that name that a configured provider offers by itself. */
    Optional<ModelInfo> configured(String full) {
        return others.find(full).filter(info -> isOwn(full, info));
    }

    /** The template that a configured model shows; empty for none. */
    String template(ModelInfo model) {
        return others.describe(model).template();
    }

    /** Whether a model is made of files, or stands for one that a provider offers now. */
    boolean canRun(StoredModel model) {
        return model.weights().isPresent() || worker(model).isPresent();
    }

    /** The remote models that configured providers offer. */
    List<RemoteOrigin> remotes() {
        return others.list().stream().flatMap(info -> info.remote().stream()).toList();
    }

    @Override
    public List<ModelInfo> models() {
        look.take();
        return models.all().stream().flatMap(model -> info(model).stream()).toList();
    }

    @Override
    public Optional<ModelInfo> model(String name) {
        look.take();
        return models.find(name).flatMap(this::info);
    }

    @Override
    public Optional<String> spelling(String full) {
        return models.find(full)
                .map(model -> model.name().shown())
                .filter(shown -> !shown.equals(full) && configured(full).isEmpty());
    }

    @Override
    public Optional<ModelDescription> describe(String name) {
        return models.find(name)
                .flatMap(model -> worker(model).map(worker -> StoredInfos.description(model, others.describe(worker))));
    }

    @Override
    public Optional<String> whyMissing(String name) {
        return models.find(name).filter(model -> worker(model).isEmpty()).flatMap(model -> {
            if (model.weights().isPresent()) {
                return runner.isPresent()
                        ? Optional.empty()
                        : Optional.of("no configured provider runs the files of this server's library");
            }
            return Optional.of(model.config()
                    .aliasOf()
                    .map(target -> "it stands for '" + target + "', which is not there any more")
                    .orElse("this server cannot run this remote model"));
        });
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        StoredModel model = stored(request.model());
        ModelInfo worker = worker(model).orElseThrow(() -> ModelProvider.unknownModel(request.model()));
        ModelProvider provider = provider(worker.name()).orElseThrow(() -> ModelProvider.unknownModel(request.model()));
        noteUse(model);
        ModelRequest asked = StoredPrompt.under(model, worker.name(), request);
        Optional<PromptTemplate> template = template(model, worker);
        if (template.isPresent()) {
            TemplatedAnswer.stream(template.get(), asked, events, provider::stream);
        } else {
            provider.stream(asked, events);
        }
    }

    @Override
    public void load(String name, SamplingOptions options, Optional<Duration> keepAlive) {
        StoredModel model = stored(name);
        noteUse(model);
        SamplingOptions all = new StoredOptions(model.parameters()).under(options);
        worker(model).ifPresent(worker -> others.load(worker, all, keepAlive));
    }

    /** Of the models that stand for others, those that were asked for and whose others are loaded. */
    @Override
    public List<LoadedModel> loaded() {
        if (used.isEmpty()) {
            return List.of();
        }
        Map<String, LoadedModel> running = others.running().stream()
                .collect(Collectors.toMap(known -> known.model().name(), ModelCatalog.Running::state, (a, _) -> a));
        used.removeIf(name -> state(name, running).isEmpty());
        return used.stream().flatMap(name -> state(name, running).stream()).toList();
    }

    @Override
    public void unload(String name) {
        models.find(name).flatMap(this::worker).ifPresent(others::unload);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        ModelInfo worker =
                worker(stored(request.model())).orElseThrow(() -> ModelProvider.unknownModel(request.model()));
        return others.embed(new EmbeddingRequest(
                worker.name(), request.texts(), request.truncate(), request.options(), request.keepAlive()));
    }

    private void noteUse(StoredModel model) {
        if (model.config().aliasOf().isPresent()) {
            used.add(model.full());
        }
    }

    private Optional<LoadedModel> state(String name, Map<String, LoadedModel> running) {
        return models.find(name)
                .flatMap(model -> model.config().aliasOf())
                .map(running::get)
                .map(state -> new LoadedModel(
                        name, state.engine(), state.sizeBytes(), state.contextLength(), state.expiresAt()));
    }

    private StoredModel stored(String name) {
        return models.find(name).orElseThrow(() -> ModelProvider.unknownModel(name));
    }

    /** A model as it is offered; not at all where the configuration has one of its name, or nothing runs it. */
    private Optional<ModelInfo> info(StoredModel model) {
        if (configured(model.full()).isPresent()) {
            return Optional.empty();
        }
        return worker(model)
                .map(worker -> model.weights().isPresent()
                        ? StoredInfos.local(model, worker, capabilities(model, worker))
                        : StoredInfos.standIn(model, worker, capabilities(model, worker)));
    }

    private static Set<Capability> capabilities(StoredModel model, ModelInfo worker) {
        return template(model, worker)
                .map(template -> StoredTemplates.capabilities(template, worker.capabilities()))
                .orElse(worker.capabilities());
    }

    /** What makes the prompts, unless that is the worker's own; a remote one takes conversations only. */
    private static Optional<PromptTemplate> template(StoredModel model, ModelInfo worker) {
        return model.prompts().filter(_ -> worker.remote().isEmpty());
    }

    /** The model of another provider that does this one's work. */
    private Optional<ModelInfo> worker(StoredModel model) {
        if (model.weights().isPresent()) {
            return others.find(model.full()).filter(info -> info.digest().equals(model.digest()));
        }
        Optional<String> alias = model.config().aliasOf();
        return alias.isPresent()
                ? configured(alias.get())
                : at(model.config().remoteModel(), model.config().remoteHost());
    }

    /** The model that a remote host runs under a name of its own. */
    private Optional<ModelInfo> at(String model, String host) {
        return others.list().stream()
                .filter(info -> info.remote()
                        .filter(origin -> origin.model().equals(model) && RemoteHosts.same(origin.host(), host))
                        .isPresent())
                .findFirst();
    }

    private Optional<ModelProvider> provider(String full) {
        return providers.stream()
                .filter(provider -> provider.model(full).isPresent())
                .findFirst();
    }

    /** Whether a provider offers this by itself, and not for the library. */
    private boolean isOwn(String full, ModelInfo info) {
        return !info.digest().equals(offered.get(full))
                && models.find(full)
                        .filter(model -> model.digest().equals(info.digest()))
                        .isEmpty();
    }

    private boolean isFree(StoredModel model) {
        boolean free = configured(model.full()).isEmpty();
        if (!free && told.add(model.full())) {
            LOG.warn(
                    "{} of the model library is not offered: the configuration has a model of that name", model.full());
        }
        return free;
    }

    private ModelFiles files(StoredModel model) {
        return new ModelFiles(
                model.full(),
                model.digest(),
                paths(model, MediaTypes.WEIGHTS).getFirst(),
                paths(model, MediaTypes.ADAPTER),
                paths(model, MediaTypes.PROJECTOR).stream().findFirst(),
                model.modifiedAt());
    }

    private List<Path> paths(StoredModel model, String type) {
        return model.manifest().of(type).stream()
                .map(layer -> models.blobs().path(layer.digest()).toAbsolutePath())
                .toList();
    }
}
