package ai.orchestrator.bench.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a moment, more exactly than a thread is woken by the system's timers. */
final class Pace {
    /** About as late as the system wakes a thread; this much is waited out on the processor. */
    private static final long SLACK_NANOS = 80_000;

    /** How soon a wait that is called off ends. */
    private static final long STEP_NANOS = 50_000_000;

    private Pace() {}

    static void await(long nanos, BooleanSupplier calledOff) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (calledOff.getAsBoolean()) {
                return;
            }
            if (left > SLACK_NANOS) {
                LockSupport.parkNanos(Math.min(left - SLACK_NANOS, STEP_NANOS));
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
