package ai.orchestrator.server.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Takes a sick part out of use. After a few failures in a row it is closed off; after a pause that doubles up to a limit one call is
 * let through to try it, and its success opens the way again. Lock-free: it stands on the path of every lookup.
 */
final class Breaker {
    private static final int FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong retryAt = new AtomicLong();
    private final AtomicLong pause = new AtomicLong(FIRST_PAUSE.toNanos());

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a call may be made now; when out of use, true for one caller a pause. */
    boolean admits() {
        if (failures.get() < FAILURES) {
            return true;
        }
        long due = retryAt.get();
        long now = nanoTime.getAsLong();
        return now - due >= 0 && retryAt.compareAndSet(due, now + pause.get());
    }

    /** Whether the part is out of use. */
    boolean isOpen() {
        return failures.get() >= FAILURES;
    }

    /** A call went well; true if that brought the part back. */
    boolean succeeded() {
        if (failures.get() == 0) {
            return false;
        }
        boolean wasOut = failures.getAndSet(0) >= FAILURES;
        pause.set(FIRST_PAUSE.toNanos());
        return wasOut;
    }

    /** A call failed; true if that took the part out. */
    boolean failed() {
        int count = failures.incrementAndGet();
        if (count < FAILURES) {
            return false;
        }
        long next = count == FAILURES ? FIRST_PAUSE.toNanos() : Math.min(pause.get() * 2, LONGEST_PAUSE.toNanos());
        pause.set(next);
        retryAt.set(nanoTime.getAsLong() + next);
        return count == FAILURES;
    }
}
