package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.TierUsage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The platform thread that owns the file: it opens it, writes what callers ask for in batches, tidies up between, and after a fault opens it
 * anew. Reads go past it, through the pool of the file that is open.
 */
final class FileKeeper implements AutoCloseable {
    private static final int MAX_WAITING = 256;
    private static final int BATCH = 64;
    private static final long TIDY_MILLIS = 1000;
    private static final Duration REOPEN_PAUSE = Duration.ofSeconds(3);
    /** A disk that damages each new file at once must not fill up with them. */
    private static final Duration SET_ASIDE_PERIOD = Duration.ofMinutes(1);

    private static final Duration READ_PATIENCE = Duration.ofSeconds(1);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final CacheFile file;
    private final int readers;
    private final long maxBytes;
    private final FileState state;
    private final LastUses lastUses = new LastUses();
    private final AtomicLong evictions = new AtomicLong();
    private final BlockingQueue<Write<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Thread thread;
    private long nextSetAside = System.nanoTime();
    private volatile @Nullable OpenFile open;
    private volatile boolean closed;

    private record OpenFile(EntryWriter writer, ReaderPool readers) {}

    FileKeeper(CacheFile file, int readers, long maxBytes) {
        this.file = file;
        this.readers = readers;
        this.maxBytes = maxBytes;
        this.state = new FileState(file.name());
        this.thread = Thread.ofPlatform().daemon().name("sqlite-cache-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Health health() {
        return state.health();
    }

    TierUsage usage() {
        OpenFile now = open;
        return now == null
                ? new TierUsage(-1, -1, maxBytes, evictions.get())
                : new TierUsage(now.writer.entries(), now.writer.bytes(), maxBytes, evictions.get());
    }

    <T> T read(ReaderPool.Reading<T> reading) {
        OpenFile now = awaitOpen();
        try {
            return now.readers.read(reading, READ_PATIENCE);
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(e);
            if (fault.effect() != SqliteFault.Effect.NONE) {
                report(now, e);
            }
            throw fault.toFailure(file.name());
        }
    }

    /** Returns when the change is committed and seen by reads. */
    <T> T write(Write.Action<T> action) {
        awaitOpen();
        Write<T> write = new Write<>(action);
        try {
            if (!queue.offer(write, WRITE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PluginFailure.Retriable(FailureCode.OVERLOADED, "Too many writes wait for the cache file.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        }
        if (closed) {
            failWaiting(closedFailure());
        }
        return write.await(WRITE_PATIENCE);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting(closedFailure());
    }

    private OpenFile awaitOpen() {
        try {
            if (!tried.await(READ_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PluginFailure.Retriable(
                        FailureCode.STARTING, state.health().detail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        }
        OpenFile now = open;
        if (closed) {
            throw closedFailure();
        }
        if (now == null) {
            String detail = state.health().detail();
            throw new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE, detail.isEmpty() ? "The cache file is being opened anew." : detail);
        }
        return now;
    }

    /** Has the writing thread look into what a read came across, unless it has meanwhile opened the file anew. */
    private void report(OpenFile suspect, SQLException fault) {
        queue.offer(new Write<>(writer -> {
            if (writer == suspect.writer) {
                throw fault;
            }
            return true;
        }));
    }

    private void run() {
        while (!closed) {
            try {
                serve();
            } catch (InterruptedException e) {
                break; // by close
            } catch (Exception | LinkageError e) {
                recover(SqliteFault.of(e));
            }
        }
        tried.countDown();
    }

    /** Serves from one opening of the file until a fault that calls for another. */
    private void serve() throws InterruptedException, IOException, SQLException, UnusableFileException {
        Connection connection = file.openForWriting();
        try (EntryWriter writer = new EntryWriter(connection);
                ReaderPool pool = new ReaderPool(file, lastUses, readers)) {
            open = new OpenFile(writer, pool);
            tried.countDown();
            state.written();
            writer.countAll();
            Housekeeping housekeeping = new Housekeeping(maxBytes, lastUses, evictions);
            long nextTidying = System.nanoTime();
            while (!closed) {
                Write<?> first = queue.poll(Math.max(0, nextTidying - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first != null) {
                    commit(writer, first);
                }
                if (housekeeping.isUrgent(writer) || System.nanoTime() - nextTidying >= 0) {
                    boolean more = tidy(writer, housekeeping);
                    nextTidying = System.nanoTime() + (more ? 0 : TimeUnit.MILLISECONDS.toNanos(TIDY_MILLIS));
                }
            }
        } finally {
            open = null;
        }
    }

    /** Commits this write and those that wait behind it in one transaction. */
    private void commit(EntryWriter writer, Write<?> first) throws SQLException {
        List<Write<?>> batch = new ArrayList<>(List.of(first));
        queue.drainTo(batch, BATCH - 1);
        try {
            writer.begin();
            for (Write<?> write : batch) {
                write.apply(writer);
            }
            writer.commit();
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(e);
            try {
                goOnAfter(fault, e, writer);
            } finally {
                batch.forEach(write -> write.failed(fault.toFailure(file.name())));
            }
            return;
        }
        state.written();
        batch.forEach(Write::committed);
    }

    /** One small piece of housekeeping; true if there is more at once. */
    private boolean tidy(EntryWriter writer, Housekeeping housekeeping) throws SQLException {
        try {
            return housekeeping.slice(writer);
        } catch (SQLException e) {
            goOnAfter(SqliteFault.of(e), e, writer);
            return false;
        }
    }

    /** Takes the transaction back, or passes the fault on if it ends the use of the open file. */
    private void goOnAfter(SqliteFault fault, SQLException cause, EntryWriter writer) throws SQLException {
        switch (fault.effect()) {
            case REOPEN, SET_ASIDE -> throw cause;
            case READ_ONLY -> state.notWritten(fault);
            case NONE -> {}
        }
        writer.rollback();
    }

    private void recover(SqliteFault fault) {
        if (fault.effect() == SqliteFault.Effect.SET_ASIDE && System.nanoTime() - nextSetAside >= 0) {
            try {
                state.setAside(fault, file.setAside());
                nextSetAside = System.nanoTime() + SET_ASIDE_PERIOD.toNanos();
                return;
            } catch (IOException e) {
                fault.cause().addSuppressed(e);
            }
        }
        state.notOpen(fault);
        tried.countDown();
        failWaiting(fault.toFailure(file.name()));
        try {
            Thread.sleep(REOPEN_PAUSE);
        } catch (InterruptedException e) {
            closed = true; // only close interrupts
        }
    }

    private void failWaiting(PluginFailure failure) {
        List<Write<?>> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        waiting.forEach(write -> write.failed(failure));
    }

    private static PluginFailure closedFailure() {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The cache file is closed.");
    }
}
