package ai.orchestrator.server.cache;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How often a tier was out of use, and for how long altogether. */
final class Outages {
    private final LongSupplier nanoTime;
    private long count;
    private long nanosBefore;
    private long since;
    private boolean out;
    private String reason = "";

    Outages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void begin(String why) {
        count++;
        since = nanoTime.getAsLong();
        out = true;
        reason = why;
    }

    /** Returns how long the tier was out this time. */
    synchronized Duration end() {
        long took = nanoTime.getAsLong() - since;
        nanosBefore += took;
        out = false;
        reason = "";
        return Duration.ofNanos(took);
    }

    synchronized long count() {
        return count;
    }

    /** The present one included. */
    synchronized Duration total() {
        return Duration.ofNanos(nanosBefore + (out ? nanoTime.getAsLong() - since : 0));
    }

    /** Why the tier is out; empty while it is in use. */
    synchronized String reason() {
        return reason;
    }
}
