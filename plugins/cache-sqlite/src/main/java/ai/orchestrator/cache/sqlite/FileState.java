package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the file is doing, by what became of the last calls; writes one log line when that changes. A fault that comes and goes, as on a disk
 * that is nearly full, is told once a minute.
 */
final class FileState {
    private static final Logger log = LoggerFactory.getLogger(FileState.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long PROBE_NANOS = Duration.ofSeconds(3).toNanos();

    private final String file;
    private volatile Health health;
    private volatile @Nullable SqliteFault notOpen;
    private Health usable = Health.up();
    private String told = "";
    private long toldAt;
    private long faultAt;
    private boolean toldOpen;

    FileState(String file) {
        this.file = file;
        this.health = Health.starting("The cache file " + file + " is being opened.");
    }

    Health health() {
        return health;
    }

    /** Why the file is not in use. */
    PluginFailure failure() {
        SqliteFault fault = notOpen;
        return fault == null
                ? new PluginFailure.Retriable(
                        FailureCode.UNAVAILABLE, "The cache file " + file + " is being opened anew.")
                : fault.toFailure(file);
    }

    /** True if nothing could be written for a while and it is time to try again. */
    synchronized boolean isToBeProbed() {
        return health.state() == State.DEGRADED && System.nanoTime() - faultAt >= PROBE_NANOS;
    }

    void setAside(SqliteFault fault, String newName) {
        log.warn("The cache file {} {}; it is kept as {}, and a new one begins.", file, fault.what(), newName);
    }

    void replaced(String source, String newName) {
        log.info("The cache file {} holds what {} held; the one before is kept as {}.", file, source, newName);
    }

    void moved() {
        log.warn("The cache file {} was removed or replaced while it was in use; it is opened anew.", file);
    }

    /** @param shrinks whether the file becomes smaller when entries leave */
    synchronized void opened(boolean shrinks) {
        String note = "The cache file " + file + " was made by another program: it stays within its limit, "
                + "but does not become smaller when entries leave.";
        notOpen = null;
        usable = shrinks ? Health.up() : new Health(State.UP, note);
        written();
    }

    synchronized void written() {
        if (health.equals(usable)) {
            return;
        }
        health = usable;
        if (!toldOpen) {
            toldOpen = true;
            log.info("The cache file {} is open", file);
        }
    }

    /** The file is open, and reads go on. */
    void notWritten(SqliteFault fault) {
        become(Health.degraded(sentence(fault)), fault);
    }

    void notOpen(SqliteFault fault) {
        notOpen = fault;
        become(Health.down(sentence(fault)), fault);
    }

    private String sentence(SqliteFault fault) {
        return "The cache file " + file + " " + fault.what() + ".";
    }

    private synchronized void become(Health next, SqliteFault fault) {
        faultAt = System.nanoTime();
        boolean news = health.state() != next.state();
        health = next;
        if (news && (!told.equals(next.detail()) || System.nanoTime() - toldAt >= QUIET_NANOS)) {
            told = next.detail();
            toldAt = System.nanoTime();
            toldOpen = false;
            log.warn("{} Answers are not kept in it until that is over.", next.detail());
            log.debug("What the cache file {} met", file, fault.cause());
        }
    }
}
