package ai.orchestrator.server;

import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local model that easy questions go to, loaded in the background as soon as it is there, so that the first of them does not wait. It counts as
 * ready from then on: one that has been unloaded for want of use comes back by itself.
 */
final class LocalModel {
    private static final Logger LOG = LoggerFactory.getLogger(LocalModel.class);

    private final ModelCatalog catalog;
    private final String name;
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile boolean loaded;
    private volatile boolean failed;
    private volatile boolean stopped;

    LocalModel(ModelCatalog catalog, String name) {
        this.catalog = catalog;
        this.name = name;
    }

    /** Whether it can answer at once; has it loaded if it has not been yet. */
    boolean ready() {
        boolean there = catalog.find(name).isPresent();
        if (there && !loaded && !failed && loading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("load-" + name).start(this::load);
        }
        return there && loaded;
    }

    /** The program ends: a load that fails from now on is nothing to tell. */
    void stop() {
        stopped = true;
    }

    private void load() {
        try {
            catalog.find(name).ifPresent(model -> catalog.load(model, SamplingOptions.defaults(), Optional.empty()));
            loaded = true;
            LOG.info("{} is loaded", name);
        } catch (RuntimeException e) {
            failed = true;
            if (!stopped) {
                LOG.warn("{} could not be loaded: {}", name, e.getMessage());
            }
        } finally {
            loading.set(false);
        }
    }
}
