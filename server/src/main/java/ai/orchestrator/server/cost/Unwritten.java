package ai.orchestrator.server.cost;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** What becomes of entries that the ledger's file does not take. */
final class Unwritten {
    private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

    /** How many bookings wait for a file that does not take them. */
    private static final int MOST = 10_000;

    private Unwritten() {}

    /**
     * After a failure, tells what is to be tried again: bookings, unless they are too many or the fault is theirs. Whoever waits for another entry
     * is told that it is not written.
     *
     * @param before how many of the first entries have been kept before
     */
    static List<LedgerEntry> after(SQLException fault, List<LedgerEntry> batch, int before) {
        List<LedgerEntry> kept = batch.stream().filter(Unwritten::isMoney).toList();
        if (isOfTheEntries(fault) || kept.size() > MOST) {
            return lose(batch);
        }
        for (LedgerEntry entry : batch.subList(before, batch.size())) {
            if (isMoney(entry)) {
                LOG.error("not booked so far: {}", entry);
            } else {
                lost(entry);
            }
        }
        return kept;
    }

    /** Nothing is tried again. */
    static List<LedgerEntry> lose(List<LedgerEntry> batch) {
        batch.forEach(Unwritten::lost);
        return List.of();
    }

    private static boolean isMoney(LedgerEntry entry) {
        return entry instanceof LedgerEntry.Booked || entry instanceof LedgerEntry.Corrected;
    }

    private static boolean isOfTheEntries(SQLException fault) {
        return switch (SQLiteErrorCode.getErrorCode(fault.getErrorCode() & 0xff)) {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE, SQLITE_MISUSE -> true;
            default -> false;
        };
    }

    static void lost(LedgerEntry entry) {
        switch (entry) {
            case LedgerEntry.Booked(LedgerRow row, var _) -> LOG.error("not booked: {}", row);
            case LedgerEntry.Corrected(LedgerRow old, LedgerRow row, var _) ->
                LOG.error("not corrected: {} to {}", old, row);
            case LedgerEntry.Judged judged -> judged.done().completeExceptionally(new NotWrittenException());
            case LedgerEntry.Rejudged again -> again.done().completeExceptionally(new NotWrittenException());
            case LedgerEntry.Flush flush -> flush.done().complete(false);
            case LedgerEntry.End _ -> {}
        }
    }

    /** The file did not take it. */
    private static final class NotWrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWrittenException() {
            super("the ledger cannot be written");
        }
    }
}
