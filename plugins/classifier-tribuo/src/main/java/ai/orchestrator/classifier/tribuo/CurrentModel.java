package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.tribuo.ModelStore.Loaded;
import ai.orchestrator.plugin.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model in use. It is loaded beside the start of the server, and again, beside the requests, when its file has changed. */
final class CurrentModel {
    private static final Logger log = LoggerFactory.getLogger(CurrentModel.class);
    private static final long INTERVAL = Duration.ofSeconds(5).toMillis();

    private final ModelStore store;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Loaded loaded;
    private volatile long due;

    CurrentModel(ModelStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        due = clock.millis() + INTERVAL;
        inBackground(this::get);
    }

    /** The model; whoever comes before it is loaded waits. */
    Loaded get() {
        Loaded now = loaded;
        if (now == null) {
            return first();
        }
        if (clock.millis() >= due && looking.compareAndSet(false, true)) {
            due = clock.millis() + INTERVAL;
            inBackground(this::look);
        }
        return now;
    }

    /** Loads again at once. */
    synchronized void reload() {
        Loaded fresh = store.load();
        if (!fresh.problem().isEmpty()) {
            log.warn("classifier: {}; the model that comes with the plugin is used", fresh.problem());
        }
        log.info("classifier: model {} ({})", fresh.fingerprint(), fresh.origin());
        loaded = fresh;
    }

    Health health() {
        Loaded now = loaded;
        if (now == null) {
            return Health.starting("the model is being loaded");
        }
        return now.problem().isEmpty()
                ? new Health(Health.State.UP, "model " + now.fingerprint() + ", " + now.origin())
                : Health.degraded(now.problem() + "; the model that comes with the plugin is used");
    }

    private synchronized Loaded first() {
        if (loaded == null) {
            reload();
        }
        return Objects.requireNonNull(loaded);
    }

    private void look() {
        try {
            Loaded now = loaded;
            if (now != null && !now.state().equals(store.state())) {
                reload();
            }
        } finally {
            looking.set(false);
        }
    }

    private static void inBackground(Runnable work) {
        Thread.ofPlatform().daemon().name("classifier-model").start(work);
    }
}
