package ai.orchestrator.server.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the last lookups say about a tier: whether it is worth asking. It goes out after a few failures in a row, or when half of the
 * last lookups were slow, and stays out until it is called back. Lock-free: it stands on the path of every lookup.
 */
final class LookupRecord {
    private static final int FAILURES = 3;
    private static final long WINDOW = (1L << 20) - 1;
    private static final int MOST_SLOW = 10;

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong slow = new AtomicLong();
    private final AtomicBoolean out = new AtomicBoolean();

    boolean isOut() {
        return out.get();
    }

    /** A lookup was answered; true if it takes the tier out, which it does by its slowness alone. */
    boolean answered(boolean slowly) {
        if (failures.get() != 0) {
            failures.set(0);
        }
        if (!slowly && slow.get() == 0) {
            return false; // nearly always: nothing is written
        }
        long history = slow.updateAndGet(before -> (before << 1 | (slowly ? 1 : 0)) & WINDOW);
        return Long.bitCount(history) >= MOST_SLOW && takeOut();
    }

    /** A lookup failed; true if it takes the tier out. */
    boolean failed() {
        return failures.incrementAndGet() >= FAILURES && takeOut();
    }

    /** Takes the tier out; true if it was not out already. */
    boolean takeOut() {
        return out.compareAndSet(false, true);
    }

    /** Forgets what was, and lets lookups through again. */
    void callBack() {
        failures.set(0);
        slow.set(0);
        out.set(false);
    }
}
