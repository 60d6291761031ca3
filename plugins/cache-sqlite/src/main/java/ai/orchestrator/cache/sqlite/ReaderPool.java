package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Connections that read, and as many platform threads: SQLite blocks in native code, which would hold a virtual thread's carrier. A caller
 * that is a platform thread itself reads on its own, as handing over to another thread takes longer than most reads do.
 */
final class ReaderPool implements AutoCloseable {
    private static final int MAX_WAITING = 256;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    /** What is read, and how that may fail. */
    @FunctionalInterface
    interface Reading<T> {
        T apply(EntryReader reader) throws SQLException;
    }

    private final int size;
    private final BlockingQueue<EntryReader> idle;
    private final Semaphore closedReaders = new Semaphore(0);
    private final ExecutorService threads;
    private volatile boolean closed;

    ReaderPool(CacheFile file, boolean servesOldTable, LastUses lastUses, int size) throws SQLException {
        this.size = size;
        this.idle = new ArrayBlockingQueue<>(size);
        try {
            for (int i = 0; i < size; i++) {
                idle.add(new EntryReader(file.openForReading(), servesOldTable, lastUses));
            }
        } catch (SQLException e) {
            closeIdle();
            throw e;
        }
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("sqlite-cache-reader-", 0).factory());
    }

    /**
     * Reads on a platform thread: the caller, or one of the pool's.
     *
     * @throws SQLException whatever the reading throws
     * @throws PluginFailure if it is not begun within {@code patience}, or, where the caller is a virtual thread, not done
     */
    <T> T read(Reading<T> reading, Duration patience) throws SQLException {
        return Thread.currentThread().isVirtual() ? readElsewhere(reading, patience) : readHere(reading, patience);
    }

    private <T> T readElsewhere(Reading<T> reading, Duration patience) throws SQLException {
        Future<T> outcome;
        try {
            outcome = threads.submit(() -> readHere(reading, patience));
        } catch (RejectedExecutionException e) {
            throw closed ? closedFailure() : overloaded();
        }
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            outcome.cancel(false);
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file does not answer in time.", e);
        } catch (InterruptedException e) {
            outcome.cancel(false);
            Thread.currentThread().interrupt();
            throw notWaitedFor(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException fault) {
                throw fault;
            }
            if (e.getCause() instanceof PluginFailure failure) {
                throw failure;
            }
            throw unreadable(e);
        }
    }

    private <T> T readHere(Reading<T> reading, Duration patience) throws SQLException {
        EntryReader reader = borrow(patience);
        try {
            if (closed) {
                throw closedFailure();
            }
            return reading.apply(reader);
        } catch (PluginFailure e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw unreadable(e);
        } finally {
            idle.add(reader);
            if (closed) {
                closeIdle();
            }
        }
    }

    private EntryReader borrow(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            @Nullable EntryReader reader = idle.poll();
            while (reader == null && !closed && end - System.nanoTime() > 0) {
                long pause = Math.min(LOOK_AGAIN_NANOS, end - System.nanoTime());
                reader = idle.poll(pause, TimeUnit.NANOSECONDS);
            }
            if (reader == null) {
                throw closed ? closedFailure() : overloaded();
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWaitedFor(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        closeIdle(); // a read that hangs closes its own connection when it ends
        try {
            if (closedReaders.tryAcquire(size, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeIdle() {
        for (EntryReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            try {
                reader.close();
            } catch (SQLException e) {
                // it is given up in any case
            }
            closedReaders.release();
        }
    }

    private static PluginFailure closedFailure() {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The cache file is closed.");
    }

    private static PluginFailure overloaded() {
        return new PluginFailure.Retriable(FailureCode.OVERLOADED, "Too many reads wait for the cache file.");
    }

    private static PluginFailure notWaitedFor(InterruptedException cause) {
        return new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", cause);
    }

    private static PluginFailure unreadable(Throwable cause) {
        return new PluginFailure.Retriable(FailureCode.INTERNAL, "The cache file could not be read.", cause);
    }
}
