package ai.orchestrator.cache.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the file within its limits, a little at a time, on the writing thread. */
final class Housekeeping {
    private static final int PAGES_A_SLICE = 256;
    private static final int USES_A_SLICE = 500;
    private static final int COUNTED_A_SLICE = 5_000;
    private static final long USES_PERIOD_NANOS = Duration.ofSeconds(10).toNanos();
    /** Less is free for the entries to come. */
    private static final double MUCH_FREE = 0.2;

    private static final long LONG_LOG_BYTES = 16 << 20;
    private static final int IDLE_TURNS = 3;

    private final CacheFile file;
    private final long maxBytes;
    private final LastUses lastUses;
    private final AtomicLong evictions;
    private boolean shrinking;
    private boolean givingBack;
    private boolean counting = true;
    private long freeBefore;
    private long changes;
    private int idleTurns;
    private long usesWritten = System.nanoTime();

    Housekeeping(CacheFile file, long maxBytes, LastUses lastUses, AtomicLong evictions) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.lastUses = lastUses;
        this.evictions = evictions;
    }

    /** True if {@link #slice} has something to do that should not wait for its next turn. */
    boolean isUrgent(FileWriter writer) {
        return isOverfull(writer) || lastUses.areMany();
    }

    /** True if the file is beyond its limit, so that room must be made before more is put in. */
    boolean isOverfull(FileWriter writer) {
        return writer.bytesInUse() > maxBytes;
    }

    /** Does one small piece of work; true if there is more at once. */
    boolean slice(FileWriter writer) throws SQLException {
        return writeLastUses(writer)
                || removeExpired(writer)
                || shrink(writer)
                || giveBack(writer)
                || countOn(writer)
                || shortenLog(writer);
    }

    private boolean writeLastUses(FileWriter writer) throws SQLException {
        if (!isUrgent(writer) && System.nanoTime() - usesWritten < USES_PERIOD_NANOS) {
            return false;
        }
        Map<Long, Long> uses = lastUses.take(USES_A_SLICE);
        if (uses.isEmpty()) {
            usesWritten = System.nanoTime();
            return false;
        }
        writer.begin();
        writer.entries().writeLastUses(uses);
        writer.commit();
        return true;
    }

    private static boolean removeExpired(FileWriter writer) throws SQLException {
        writer.begin();
        Deleted expired = writer.entries()
                .removeExpired(Slice.USUAL)
                .and(writer.oldReplies().removeExpired(Slice.USUAL));
        writer.commit();
        return expired.any();
    }

    /** From above the limit down to nine tenths of it, so that not every put removes one entry. */
    private boolean shrink(FileWriter writer) throws SQLException {
        shrinking = writer.bytesInUse() > (shrinking ? target() : maxBytes);
        if (!shrinking) {
            return false;
        }
        Slice slice = Slice.USUAL.upTo(writer.bytesInUse() - target());
        writer.begin();
        boolean entriesFirst =
                writer.entries().oldestUse() <= writer.oldReplies().oldestUse();
        Deleted evicted = entriesFirst
                ? writer.entries().removeLeastRecentlyUsed(slice)
                : writer.oldReplies().removeLeastRecentlyUsed(slice);
        writer.commit();
        evictions.addAndGet(entriesFirst ? evicted.unexpired() : 0);
        return evicted.any();
    }

    /** Not while more pages become free: to move others out of the way of each would take longer than the removal itself. */
    private boolean giveBack(FileWriter writer) throws SQLException {
        boolean tooLong = writer.bytesOnDisk() > (givingBack ? target() : maxBytes);
        boolean growing = writer.freePages() > freeBefore;
        boolean muchFree = !growing && writer.isFree(PAGES_A_SLICE, MUCH_FREE);
        boolean gaveBefore = givingBack;
        givingBack = (tooLong || muchFree) && writer.giveBackPages(PAGES_A_SLICE);
        freeBefore = writer.freePages();
        if (gaveBefore && !givingBack) {
            writer.emptyLog(); // only then does the file itself become shorter
        }
        return givingBack;
    }

    private boolean countOn(FileWriter writer) throws SQLException {
        counting = counting && writer.countOn(COUNTED_A_SLICE);
        return counting;
    }

    /**
     * When nothing is written, the log is not needed; and while much is, lookups that follow on one another keep SQLite from beginning it
     * anew by itself.
     */
    private boolean shortenLog(FileWriter writer) throws SQLException {
        long now = writer.changes();
        idleTurns = now == changes ? idleTurns + 1 : 0;
        changes = now;
        if (idleTurns == IDLE_TURNS || file.logBytes() > LONG_LOG_BYTES) {
            writer.emptyLog();
        }
        return false;
    }

    private long target() {
        return maxBytes / 10 * 9;
    }
}
