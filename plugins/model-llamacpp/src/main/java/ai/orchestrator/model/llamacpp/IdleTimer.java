package ai.orchestrator.model.llamacpp;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has one action run at the earliest of the times it was asked for, and then no more until it is asked again. */
final class IdleTimer {
    private final ScheduledExecutorService timer;
    private final Runnable action;
    private @Nullable ScheduledFuture<?> next;

    IdleTimer(ScheduledExecutorService timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    /** Has the action run in so many nanoseconds at the latest. */
    synchronized void runWithin(long nanos) {
        if (next != null && !next.isDone()) {
            if (next.getDelay(TimeUnit.NANOSECONDS) <= nanos) {
                return;
            }
            next.cancel(false);
        }
        next = timer.schedule(this::run, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private void run() {
        synchronized (this) {
            next = null;
        }
        action.run();
    }
}
