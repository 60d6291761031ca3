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
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** As many platform threads as connections: SQLite blocks in native code, which would hold a virtual thread's carrier. */
final class ReaderPool implements AutoCloseable {
    private static final int MAX_WAITING = 256;
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What is read, and how that may fail. */
    @FunctionalInterface
    interface Reading<T> {
        T apply(EntryReader reader) throws SQLException;
    }

    private final BlockingQueue<EntryReader> idle;
    private final ExecutorService threads;

    ReaderPool(CacheFile file, LastUses lastUses, int size) throws SQLException {
        this.idle = new ArrayBlockingQueue<>(size);
        try {
            for (int i = 0; i < size; i++) {
                idle.add(new EntryReader(file.openForReading(), lastUses));
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
     * Reads on one of the pool's threads.
     *
     * @throws SQLException whatever the reading throws
     * @throws PluginFailure if it is not done within {@code patience}, or too many wait
     */
    <T> T read(Reading<T> reading, Duration patience) throws SQLException {
        Future<T> outcome;
        try {
            outcome = threads.submit(() -> run(reading));
        } catch (RejectedExecutionException e) {
            throw threads.isShutdown()
                    ? closedFailure()
                    : new PluginFailure.Retriable(FailureCode.OVERLOADED, "Too many reads wait for the cache file.", e);
        }
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            outcome.cancel(false);
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file does not answer in time.", e);
        } catch (InterruptedException e) {
            outcome.cancel(false);
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException fault) {
                throw fault;
            }
            if (e.getCause() instanceof PluginFailure failure) {
                throw failure;
            }
            throw new PluginFailure.Retriable(FailureCode.INTERNAL, "The cache file could not be read.", e);
        }
    }

    private <T> T run(Reading<T> reading) throws SQLException {
        EntryReader reader = idle.poll();
        if (reader == null) { // there is one for each thread until they are closed
            throw closedFailure();
        }
        try {
            return reading.apply(reader);
        } finally {
            idle.add(reader);
            if (threads.isShutdown()) {
                closeIdle();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle(); // a read that hangs closes its own connection when it ends
    }

    private static PluginFailure closedFailure() {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The cache file is closed.");
    }

    private void closeIdle() {
        for (EntryReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            try {
                reader.close();
            } catch (SQLException e) {
                // it is given up in any case
            }
        }
    }
}
