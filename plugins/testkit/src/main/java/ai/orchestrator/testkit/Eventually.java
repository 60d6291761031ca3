package ai.orchestrator.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that comes about by itself. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what what is waited for, such as {@code "the entry to expire"}
     * @throws AssertionError if it does not hold within 30 seconds
     */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
