package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.Usage;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a call cost may be told before or after it is booked: brings the two together, once. */
final class LateBill implements Consumer<Usage> {
    private final BiConsumer<Optional<LedgerEntry.Booked>, Usage> correction;
    private @Nullable Usage told;
    private @Nullable Optional<LedgerEntry.Booked> booked;
    private boolean done;

    /** @param correction given what was booked for the call, which may be nothing, and what it really took */
    LateBill(BiConsumer<Optional<LedgerEntry.Booked>, Usage> correction) {
        this.correction = correction;
    }

    @Override
    public void accept(Usage usage) {
        meet(() -> told = usage);
    }

    /** The call is booked, or there was nothing to book. */
    void booked(Optional<LedgerEntry.Booked> row) {
        meet(() -> booked = row);
    }

    private void meet(Runnable news) {
        Optional<LedgerEntry.Booked> row;
        Usage usage;
        synchronized (this) {
            if (done) {
                return;
            }
            news.run();
            row = booked;
            usage = told;
            if (row == null || usage == null) {
                return;
            }
            done = true;
        }
        correction.accept(row, usage);
    }
}
