package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.Origins;
import ai.orchestrator.server.engine.EngineProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows progress: on a terminal in one line that is written over, elsewhere in a line now and then. */
final class ProgressLine implements EngineProgress {
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter err;
    private final Origins secrets;
    private final boolean updates;
    private final LongSupplier nanoClock;
    private long due;
    private boolean open;

    /** @param updates whether a line can be written over */
    ProgressLine(PrintWriter err, Origins secrets, boolean updates, LongSupplier nanoClock) {
        this.err = err;
        this.secrets = secrets;
        this.updates = updates;
        this.nanoClock = nanoClock;
        due = nanoClock.getAsLong();
    }

    @Override
    public synchronized void step(String line) {
        end();
        err.println(secrets.redact(line));
    }

    @Override
    public synchronized void at(String line) {
        long now = nanoClock.getAsLong();
        if (updates) {
            err.print(CLEAR + secrets.redact(line));
            err.flush();
            open = true;
        } else if (now - due >= 0) {
            err.println(secrets.redact(line));
            due = now + INTERVAL;
        }
    }

    /** Leaves the line, so that something else can be written. */
    synchronized void end() {
        if (open) {
            err.print(CLEAR);
            err.flush();
            open = false;
        }
    }
}
