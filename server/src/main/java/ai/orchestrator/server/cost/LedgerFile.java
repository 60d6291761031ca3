package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's SQLite file, written by one platform thread. Calls that cost money are written at once, others gather for a moment, and what answers
 * saved is written every few seconds. Bookings that the file does not take, such as while the disk is full, are logged, each in full, and tried again
 * with the next ones.
 */
public final class LedgerFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final int QUEUE = 10_000;
    private static final long GATHER_NANOS = Duration.ofMillis(25).toNanos();
    private static final long SAVINGS_NANOS = Duration.ofSeconds(5).toNanos();

    /** How long a request waits for a place in the queue before its booking is logged; the next ones do not wait until there is one. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final long FLUSH_SECONDS = 10;
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final BlockingQueue<LedgerEntry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Savings savings = new Savings();
    private final CompletableFuture<SpentBefore> before = new CompletableFuture<>();
    private final Path path;
    private final InstantSource clock;
    private final Thread writer;
    private volatile boolean stuck;
    private volatile boolean closed;
    private long savedAt = System.nanoTime();

    /** @param path is made when there is something to write, and kept from then on */
    public LedgerFile(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("ledger").daemon().start(this::run);
    }

    Path path() {
        return path;
    }

    /** What was spent this month before this process began; waits until that has been read. */
    public SpentBefore spentBefore() {
        return before.join();
    }

    /** Takes what an answer saved. */
    void save(CostGroup group, CostFigures figures) {
        savings.add(group, figures);
    }

    void append(LedgerEntry entry) {
        try {
            if (closed || !queue.offer(entry, stuck ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stuck = true;
                Unwritten.lost(entry);
                return;
            }
            stuck = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Unwritten.lost(entry);
            return;
        }
        if (!(entry instanceof LedgerEntry.Booked(LedgerRow row, var _)) || row.costs()) {
            LockSupport.unpark(writer);
        }
    }

    /** Returns when all that came before is in the file, or cannot be written. */
    void flush() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        append(new LedgerEntry.Flush(done));
        done.completeOnTimeout(false, FLUSH_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        append(new LedgerEntry.End());
        closed = true;
        try {
            if (!writer.join(LONGEST_END)) {
                LOG.error("The ledger {} takes too long to close; what it has not taken is lost", path.getFileName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (LedgerStore store = new LedgerStore(path)) {
            lookBack(store);
            List<LedgerEntry> waiting = List.of();
            boolean more = true;
            while (more) {
                List<LedgerEntry> batch = new ArrayList<>(waiting);
                more = next(batch);
                waiting = write(store, batch, waiting.size(), savingsDue(batch) ? savings.take() : Map.of());
            }
            waiting.forEach(Unwritten::lost);
        } finally {
            before.complete(SpentBefore.NOTHING);
            queue.forEach(Unwritten::lost);
        }
    }

    private void lookBack(LedgerStore store) {
        try {
            before.complete(store.spentSince(CostGroup.day(clock.instant()).withDayOfMonth(1)));
        } catch (SQLException | RuntimeException | LinkageError e) {
            LOG.error(
                    "The ledger {} cannot be read, so budgets begin with nothing spent: {}",
                    path.getFileName(),
                    e.getMessage());
            store.close();
        }
        before.complete(SpentBefore.NOTHING);
    }

    /** Waits for entries, but not for ever, and adds them; false if nothing will come after these. */
    private boolean next(List<LedgerEntry> batch) {
        try {
            LedgerEntry first = queue.poll(SAVINGS_NANOS, TimeUnit.NANOSECONDS);
            if (first == null) {
                return !closed;
            }
            batch.add(first);
            if (first instanceof LedgerEntry.Booked(LedgerRow row, var _) && !row.costs()) {
                LockSupport.parkNanos(this, GATHER_NANOS);
            }
        } catch (InterruptedException e) {
            LOG.warn("The ledger's writer was interrupted, and goes on");
        }
        queue.drainTo(batch);
        return batch.stream().noneMatch(LedgerEntry.End.class::isInstance);
    }

    private boolean savingsDue(List<LedgerEntry> batch) {
        long now = System.nanoTime();
        boolean due = now - savedAt >= SAVINGS_NANOS
                || batch.stream()
                        .anyMatch(entry -> entry instanceof LedgerEntry.Flush || entry instanceof LedgerEntry.End);
        if (due) {
            savedAt = now;
        }
        return due;
    }

    /**
     * Writes a batch, of which the first entries were tried before.
     *
     * @return what is to be tried again
     */
    private List<LedgerEntry> write(
            LedgerStore store, List<LedgerEntry> batch, int before, Map<CostGroup, CostFigures> saved) {
        try {
            store.write(batch, saved);
            if (before > 0) {
                LOG.info("The ledger {} is written again, with {} bookings that waited", path.getFileName(), before);
            }
            return List.of();
        } catch (SQLException e) {
            refused(store, e, saved);
            return Unwritten.after(e, batch, before);
        } catch (RuntimeException | LinkageError e) {
            refused(store, e, saved);
            return Unwritten.lose(batch);
        }
    }

    private void refused(LedgerStore store, Throwable why, Map<CostGroup, CostFigures> saved) {
        LOG.error("The ledger {} cannot be written: {}", path.getFileName(), why.getMessage());
        store.close();
        savings.putBack(saved);
    }
}
