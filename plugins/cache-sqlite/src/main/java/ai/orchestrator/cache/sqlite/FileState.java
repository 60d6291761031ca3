package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the file is doing, by what became of the last calls; writes one log line when that changes. */
final class FileState {
    private static final Logger log = LoggerFactory.getLogger(FileState.class);

    private final String file;
    private final AtomicReference<Health> health;

    FileState(String file) {
        this.file = file;
        this.health = new AtomicReference<>(Health.starting("The cache file " + file + " is being opened."));
    }

    Health health() {
        return health.get();
    }

    void setAside(SqliteFault fault, String newName) {
        log.warn("The cache file {} {}; it is kept as {}, and a new one begins.", file, fault.what(), newName);
    }

    void written() {
        if (health.get().state() != State.UP && health.getAndSet(Health.up()).state() != State.UP) {
            log.info("The cache file {} is open", file);
        }
    }

    /** The file is open, and reads go on. */
    void notWritten(SqliteFault fault) {
        become(Health.degraded(sentence(fault)), fault);
    }

    void notOpen(SqliteFault fault) {
        become(Health.down(sentence(fault)), fault);
    }

    private String sentence(SqliteFault fault) {
        return "The cache file " + file + " " + fault.what() + ".";
    }

    private void become(Health next, SqliteFault fault) {
        if (health.getAndSet(next).state() != next.state()) {
            log.warn("{} Answers are not kept in it until that is over.", next.detail());
            log.debug("What the cache file {} met", file, fault.cause());
        }
    }
}
