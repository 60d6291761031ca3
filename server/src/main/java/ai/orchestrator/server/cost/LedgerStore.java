package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's file as its one writer has it: opened when it is needed, and again after a failure. For one thread. */
final class LedgerStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);

    private final Path path;
    private @Nullable Connection connection;

    /** @param path is made when there is something to write */
    LedgerStore(Path path) {
        this.path = path;
    }

    /** What was spent from a day on. */
    SpentBefore spentSince(LocalDate from) throws SQLException {
        if (!Files.exists(path)) {
            return SpentBefore.NOTHING;
        }
        Connection open = open();
        Map<CostGroup, CostFigures> sums = new DaySums(open).range(from, LocalDate.of(9999, 12, 31));
        return new SpentBefore(sums.entrySet().stream()
                .map(sum -> new SpentBefore.Sum(
                        sum.getKey().day(),
                        sum.getKey().tenant(),
                        sum.getValue().spent().add(sum.getValue().assumed())))
                .toList());
    }

    /**
     * Writes in one transaction: all of it, or nothing.
     *
     * @throws SQLException if the file does not take it; a damaged file has been replaced by a new one before that
     */
    void write(List<LedgerEntry> entries, Map<CostGroup, CostFigures> savings) throws SQLException {
        try {
            attempt(entries, savings);
        } catch (SQLException e) {
            close();
            if (!LedgerConnection.isDamage(e)) {
                throw e;
            }
            LedgerConnection.setAside(path, e);
            attempt(entries, savings);
        }
    }

    private void attempt(List<LedgerEntry> entries, Map<CostGroup, CostFigures> savings) throws SQLException {
        if (!savings.isEmpty() || entries.stream().anyMatch(LedgerStore::isToWrite)) {
            List<Runnable> whenDone = new ArrayList<>();
            LedgerConnection.inTransaction(open(), open -> write(open, entries, savings, whenDone));
            whenDone.forEach(Runnable::run);
        }
        entries.forEach(entry -> {
            if (entry instanceof LedgerEntry.Flush flush) {
                flush.done().complete(true);
            }
        });
    }

    private static void write(
            Connection open, List<LedgerEntry> entries, Map<CostGroup, CostFigures> savings, List<Runnable> whenDone)
            throws SQLException {
        Map<CostGroup, CostFigures> sums = new HashMap<>(savings);
        List<LedgerEntry.Booked> booked = entries.stream()
                .filter(LedgerEntry.Booked.class::isInstance)
                .map(LedgerEntry.Booked.class::cast)
                .toList();
        LedgerRows.insert(open, booked);
        for (LedgerEntry entry : entries) {
            switch (entry) {
                case LedgerEntry.Booked(LedgerRow row, var _) ->
                    sums.merge(row.group(), row.figures(), CostFigures::plus);
                case LedgerEntry.Corrected corrected -> {
                    if (LedgerRows.correct(open, corrected)) {
                        CostFigures change =
                                corrected.row().figures().minus(corrected.old().figures());
                        sums.merge(corrected.row().group(), change, CostFigures::plus);
                    }
                }
                case LedgerEntry.Judged judged -> {
                    FeedbackRows.store(open, judged.given());
                    whenDone.add(() -> judged.done().complete(true));
                }
                case LedgerEntry.Rejudged again -> {
                    boolean found = FeedbackRows.change(open, again.given(), again.anyTenant());
                    whenDone.add(() -> again.done().complete(found));
                }
                case LedgerEntry.Flush _, LedgerEntry.End _ -> {}
            }
        }
        new DaySums(open).add(sums);
    }

    private static boolean isToWrite(LedgerEntry entry) {
        return !(entry instanceof LedgerEntry.Flush || entry instanceof LedgerEntry.End);
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = LedgerConnection.toWrite(path);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.warn("The ledger did not close cleanly: {}", e.getMessage());
            }
        }
    }
}
