package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelFileRunner;
import ai.orchestrator.plugin.model.ModelFiles;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Local models. */
final class LlamaCppProvider implements ModelFileRunner, EmbeddingProvider {
    private final LlamaCppSettings settings;
    private final ModelLibrary library;
    private final WorkerPool pool;
    private final Engines engines;
    private final ScheduledThreadPoolExecutor timer;

    LlamaCppProvider(String name, LlamaCppSettings settings) {
        this.settings = settings;
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name(name + "-timer").factory(),
                // once it is closed, there is nothing left that could run late
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        this.engines = new Engines(settings, timer);
        this.library = new ModelLibrary(settings, engines);
        this.pool = new WorkerPool(settings, new ModelLoader(engines), timer, InstantSource.system());
        engines.open();
        library.open();
    }

    @Override
    public void offer(List<ModelFiles> models) {
        library.give(models);
        pool.retire(loaded -> loaded.flatMap(library::successor));
    }

    @Override
    public List<ModelInfo> models() {
        return library.offered();
    }

    @Override
    public Optional<ModelDescription> describe(String model) {
        return library.find(model).map(file -> ModelInfos.description(file, engines.shown(file)));
    }

    @Override
    public Optional<String> whyMissing(String model) {
        return library.whyMissing(model);
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        ModelFile model = fileOf(request.model());
        Refusals.check(request, model, engines.of(model));
        SamplingOptions options = request.options().orElse(model.parameters());
        CallControl control = new CallControl();
        ScheduledFuture<?> deadline = deadline(control, request.deadline());
        try {
            events.onCancel(control::cancel);
            Prompt prompt = Truncation.bySize(request, settings.contextFor(model, options.numCtx()));
            CheckedOptions checked = CheckedOptions.of(options, request.prompt(), model, settings.maxTokens());
            long begun = System.nanoTime();
            try (WorkerPool.Lease lease = pool.acquire(model, options.numCtx(), request.keepAlive(), control)) {
                // the server may just have been given up, and the engine that stands in for it can do less
                Refusals.check(request, model, engines.of(model));
                Question question = new Question(request.withPrompt(prompt), model, checked, since(begun));
                Truncation.answer(lease.worker(), question, events, control);
            }
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        ModelFile model = fileOf(request.model());
        if (!model.facts().embeds()) {
            throw Refusals.unsupported("this model does not support embeddings");
        }
        if (request.texts().isEmpty()) {
            return new EmbeddingResult(List.of(), 0, Duration.ZERO);
        }
        Optional<Integer> context = request.options().numCtx();
        List<String> texts =
                Embedding.fitting(request.texts(), request.truncate(), settings.contextFor(model, context));
        CallControl control = new CallControl();
        ScheduledFuture<?> deadline = deadline(control, Optional.empty());
        long begun = System.nanoTime();
        try (WorkerPool.Lease lease = pool.acquire(model, context, request.keepAlive(), control)) {
            return Embedding.run(lease.worker(), texts, request.truncate(), since(begun), control);
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void load(String name, SamplingOptions options, Optional<Duration> keepAlive) {
        ModelFile model = fileOf(name);
        Optional<Integer> context = options.orElse(model.parameters()).numCtx();
        CallControl control = new CallControl();
        ScheduledFuture<?> deadline = deadline(control, Optional.empty());
        try {
            pool.acquire(model, context, keepAlive, control).close();
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void unload(String name) {
        String fullName = ConfiguredModel.fullName(name);
        pool.unload(fullName, library.find(name).map(ModelFile::place));
    }

    @Override
    public List<LoadedModel> loaded() {
        // the processes are looked at once the pool's lock is free again
        return pool.survey(LoadedWorker::of).stream().map(LoadedWorker::model).toList();
    }

    @Override
    public Health health() {
        return HealthReport.of(
                pool.survey(seat -> Optional.of(HealthReport.Standing.of(seat))), library.missing(), engines.fault());
    }

    /** For tests: the process that has a model loaded. */
    Optional<ModelProcess> worker(String name) {
        return pool
                .survey(seat -> seat.name().equals(name) ? Optional.ofNullable(seat.worker) : Optional.empty())
                .stream()
                .findFirst();
    }

    private ModelFile fileOf(String name) {
        return library.find(name).orElseThrow(() -> library.whyMissing(name)
                .<PluginFailure>map(why -> new PluginFailure.Permanent(FailureCode.NOT_INSTALLED, why))
                .orElseGet(() -> ModelProvider.unknownModel(name)));
    }

    private ScheduledFuture<?> deadline(CallControl control, Optional<Duration> deadline) {
        Duration time = deadline.orElse(settings.requestTimeout());
        return timer.schedule(control::timeOut, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(Math.max(1, System.nanoTime() - begun));
    }

    @Override
    public void close() {
        pool.close();
        library.close();
        timer.shutdownNow();
    }
}
