package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.Feedback.Given;
import java.util.concurrent.CompletableFuture;

/** Something that waits to be written. */
sealed interface LedgerEntry {
    /** A new row. */
    record Booked(LedgerRow row, Place place) implements LedgerEntry {
        Booked(LedgerRow row) {
            this(row, new Place());
        }
    }

    /**
     * A row turned out to be another one.
     *
     * @param place of the old row
     */
    record Corrected(LedgerRow old, LedgerRow row, Place place) implements LedgerEntry {}

    /** Where a row is in the file. */
    final class Place {
        /** 0 as long as it is not there; used by the writer alone. */
        long id;
    }

    /** A verdict on an answer, in place of an earlier one. */
    record Judged(Given given, CompletableFuture<Boolean> done) implements LedgerEntry {}

    /**
     * Another verdict on an answer that has one; done with false if it has none.
     *
     * @param given with a verdict and a comment alone
     */
    record Rejudged(Given given, boolean anyTenant, CompletableFuture<Boolean> done) implements LedgerEntry {}

    /** Done when all that came before is written, or cannot be. */
    record Flush(CompletableFuture<Boolean> done) implements LedgerEntry {}

    /** Nothing comes after it. */
    record End() implements LedgerEntry {}
}
