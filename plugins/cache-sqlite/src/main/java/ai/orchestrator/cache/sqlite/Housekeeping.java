package ai.orchestrator.cache.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the file within its limits, a little at a time, on the writing thread. */
final class Housekeeping {
    private static final long ENTRIES_A_SLICE = 100;
    private static final int PAGES_A_SLICE = 256;
    private static final int USES_A_SLICE = 500;
    private static final long USES_PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

    private final long maxBytes;
    private final LastUses lastUses;
    private final AtomicLong evictions;
    private boolean shrinking;
    private boolean givingBack;
    private long usesWritten = System.nanoTime();

    Housekeeping(long maxBytes, LastUses lastUses, AtomicLong evictions) {
        this.maxBytes = maxBytes;
        this.lastUses = lastUses;
        this.evictions = evictions;
    }

    /** True if {@link #slice} has something to do that should not wait for its next turn. */
    boolean isUrgent(EntryWriter writer) {
        return writer.bytes() > maxBytes;
    }

    /** Does one small piece of work; true if there is more at once. */
    boolean slice(EntryWriter writer) throws SQLException {
        return writeLastUses(writer) || removeExpired(writer) || shrink(writer) || giveBack(writer);
    }

    private boolean writeLastUses(EntryWriter writer) throws SQLException {
        if (!isUrgent(writer) && System.nanoTime() - usesWritten < USES_PERIOD_NANOS) {
            return false;
        }
        Map<Long, Long> uses = lastUses.take(USES_A_SLICE);
        if (uses.isEmpty()) {
            usesWritten = System.nanoTime();
            return false;
        }
        writer.begin();
        writer.writeLastUses(uses);
        writer.commit();
        return true;
    }

    private boolean removeExpired(EntryWriter writer) throws SQLException {
        writer.begin();
        EntryWriter.Deleted expired = writer.removeExpired(ENTRIES_A_SLICE);
        writer.commit();
        return expired.entries() == ENTRIES_A_SLICE;
    }

    /** From above the limit down to nine tenths of it, so that not every put removes one entry. */
    private boolean shrink(EntryWriter writer) throws SQLException {
        long target = maxBytes / 10 * 9;
        shrinking = writer.bytes() > (shrinking ? target : maxBytes);
        if (!shrinking) {
            return false;
        }
        writer.begin();
        EntryWriter.Deleted evicted = writer.removeLeastRecentlyUsed(ENTRIES_A_SLICE, writer.bytes() - target);
        writer.commit();
        evictions.addAndGet(evicted.unexpired());
        return evicted.entries() > 0;
    }

    private boolean giveBack(EntryWriter writer) throws SQLException {
        boolean gaveBefore = givingBack;
        givingBack = writer.giveBackPages(PAGES_A_SLICE);
        if (gaveBefore && !givingBack) {
            writer.checkpoint(); // only then does the file itself become shorter
        }
        return givingBack;
    }
}
