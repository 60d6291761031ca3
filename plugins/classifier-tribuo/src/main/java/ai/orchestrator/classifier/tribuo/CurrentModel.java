package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.tribuo.ModelStore.Loaded;
import ai.orchestrator.plugin.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model in use. It is loaded soon after the start, or when it is first asked for, and again, beside the requests, when its file has changed. */
final class CurrentModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CurrentModel.class);
    private static final long INTERVAL = Duration.ofSeconds(5).toMillis();
    /** The start of a server has other things to do first. */
    private static final Duration LATER = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ModelStore store;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("classifier-model").factory());
    private volatile @Nullable Loaded loaded;
    private volatile long due;

    CurrentModel(ModelStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        due = clock.millis() + INTERVAL;
        background.schedule(this::first, LATER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The model; whoever comes before it is loaded waits. */
    Loaded get() {
        Loaded now = loaded;
        if (now == null) {
            return first();
        }
        if (clock.millis() >= due && looking.compareAndSet(false, true)) {
            due = clock.millis() + INTERVAL;
            try {
                background.execute(this::look);
            } catch (RejectedExecutionException e) {
                looking.set(false); // it was closed, and will not change any more
            }
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
            return Health.starting("the model is loaded with the first question");
        }
        return now.problem().isEmpty()
                ? new Health(Health.State.UP, "model " + now.fingerprint() + ", " + now.origin())
                : Health.degraded(now.problem() + "; the model that comes with the plugin is used");
    }

    /** Waits for a model that is being loaded: its classes must not go away meanwhile. */
    @Override
    public void close() {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("classifier: the model is still being loaded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
}
