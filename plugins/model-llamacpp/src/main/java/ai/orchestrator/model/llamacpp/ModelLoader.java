package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers in the background. */
final class ModelLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final Engines engines;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Is told once how loading went. */
    interface Outcome {
        void loaded(ModelProcess worker);

        void failed(PluginFailure failure);
    }

    ModelLoader(Engines engines) {
        this.engines = engines;
    }

    /**
     * Loads a model.
     *
     * @param gone workers that are ended first, to make room
     */
    void load(ModelFile model, int context, List<ModelProcess> gone, Outcome outcome) {
        Thread thread = Thread.ofVirtual().name("llamacpp-load").unstarted(() -> {
            try {
                gone.forEach(ModelProcess::close);
                load(model, context, outcome);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void load(ModelFile model, int context, Outcome outcome) {
        long begun = System.nanoTime();
        try {
            ModelProcess worker = engines.start(model, context);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            LOG.info(
                    "Loaded {} with a context of {} in {} ms on {}, process {}",
                    model.name(),
                    context,
                    millis,
                    worker.engine(),
                    worker.child().pid());
            outcome.loaded(worker);
        } catch (LoadException e) {
            LOG.warn("{} cannot be loaded: {}\n{}", model.name(), e.getMessage(), String.join("\n", e.output()));
            outcome.failed(
                    e.fault() == LoadException.Fault.ARCHITECTURE
                            ? Refusals.architecture(
                                    e.getMessage(), engines.shown(model).name())
                            : failure(model, e.getMessage()));
        } catch (PluginFailure e) {
            outcome.failed(e);
        } catch (InterruptedException e) {
            outcome.failed(failure(model, "the provider is being closed"));
        } catch (RuntimeException e) {
            LOG.error("{} cannot be loaded", model.name(), e);
            outcome.failed(failure(model, "a fault of the provider"));
        }
    }

    private static PluginFailure failure(ModelFile model, String why) {
        return new PluginFailure.Retriable(
                FailureCode.UNAVAILABLE, "model '" + model.name() + "' cannot be loaded: " + why);
    }

    /** Gives up what is being loaded. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
