package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what other processes do to the folder, for whoever is about to ask for a model. */
final class SecondLook {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

    private final StoredModels models;
    private final Duration every;
    private final Runnable whenChanged;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

    /** @param every how long what others do may go unseen; looking takes a few file system calls for each model */
    SecondLook(StoredModels models, Duration every, Runnable whenChanged) {
        this.models = models;
        this.every = every;
        this.whenChanged = whenChanged;
    }

    /** Looks, unless somebody has a moment ago. Never fails: what cannot be read now was read before. */
    void take() {
        long now = System.nanoTime();
        long before = lookedAt.get();
        if (now - before < every.toNanos() || !lookedAt.compareAndSet(before, now)) {
            return;
        }
        try {
            if (models.refreshIfChanged()) {
                whenChanged.run();
            }
        } catch (LibraryFailure e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
