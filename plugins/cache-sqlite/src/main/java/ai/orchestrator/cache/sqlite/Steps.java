package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/** Tells how far a piece of work is, and ends it early if the listener wants that, or the tier is closed. */
final class Steps {
    private static final int OPERATIONS_BETWEEN = 20_000;
    private static final long REPORT_NANOS = Duration.ofMillis(200).toNanos();

    private final Progress progress;
    private long done;
    private long total = 1;
    private @Nullable RuntimeException end;
    private volatile boolean stopped;

    Steps(Progress progress) {
        this.progress = progress;
    }

    /** To be called again and again. */
    void at(long nowDone, long nowTotal) {
        done = nowDone;
        total = Math.max(nowDone, nowTotal);
        report();
    }

    /** Says the same again, for work of which nothing is known but that it goes on. */
    private void report() {
        if (stopped) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The cache file is closed.");
        }
        progress.at(done, total);
    }

    /** Ends the work from another thread, at its next step. */
    void stop() {
        stopped = true;
    }

    /** Makes the connection's long statements end early, too; {@link #endOf} says why. */
    void watch(Connection connection) throws SQLException {
        ProgressHandler.setHandler(connection, OPERATIONS_BETWEEN, new ProgressHandler() {
            private long nextReport = System.nanoTime() + REPORT_NANOS;

            @Override
            protected int progress() {
                if (!stopped && System.nanoTime() - nextReport < 0) {
                    return 0;
                }
                nextReport = System.nanoTime() + REPORT_NANOS;
                try {
                    report();
                    return 0;
                } catch (RuntimeException e) { // which must not pass through native code
                    end = e;
                    return 1;
                }
            }
        });
    }

    /** Why a statement ended: the reason to end early if there was one, else what SQLite says about the file. */
    RuntimeException endOf(SQLException e, NamedFile file) {
        RuntimeException early = end;
        return early == null ? file.failure(e) : early;
    }
}
