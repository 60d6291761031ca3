package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The callers' way to the file that is in use at the moment: reads go to its readers, changes wait for the writing thread. */
final class FileAccess {
    private static final Duration READ_PATIENCE = Duration.ofSeconds(1);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final FileState state;
    private final WriteQueue queue;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final AtomicReference<@Nullable Swap> swap = new AtomicReference<>();
    private volatile @Nullable InUse inUse;
    private volatile boolean closed;

    /** @param name what the file is called */
    FileAccess(String name, FileState state, WriteQueue queue) {
        this.name = name;
        this.state = state;
        this.queue = queue;
    }

    /** @param missing what is given instead while the file is replaced by another one */
    <T> T read(ReaderPool.Reading<T> reading, T missing) {
        InUse now = inUse;
        if (now == null && swap.get() != null) {
            return missing;
        }
        now = awaitUse(READ_PATIENCE);
        try {
            return read(now, reading);
        } catch (PluginFailure e) {
            if (now == inUse || closed) {
                throw e;
            }
        }
        // the file was closed during the read: for another one, or to be opened anew
        return swap.get() == null ? read(awaitUse(READ_PATIENCE), reading) : missing;
    }

    private <T> T read(InUse now, ReaderPool.Reading<T> reading) {
        try {
            return now.readers().read(reading, READ_PATIENCE);
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(e);
            if (fault.effect().endsUse()) {
                report(now, e);
            }
            throw fault.toFailure(name);
        }
    }

    /**
     * Returns when the change is committed and seen by reads.
     *
     * @param bytes about how many bytes it writes or removes
     */
    <T> T write(long bytes, Write.Action<T> action) {
        if (swap.get() == null) {
            awaitUse(WRITE_PATIENCE);
        }
        Write<T> write = new Write<>(action, bytes);
        queue.add(write, WRITE_PATIENCE);
        if (closed) {
            queue.failAll(closedFailure());
        }
        return write.await(WRITE_PATIENCE);
    }

    /**
     * Puts another file in place of the one in use. Reads meanwhile find nothing, and changes wait.
     *
     * @param complete a sound file of ours, beside the one in use
     * @param source what to call it in the log
     */
    void replaceBy(Path complete, String source) {
        requireUse();
        Swap next = new Swap(complete);
        swap.set(next);
        queue.addIfRoom(new Write<>(_ -> true, 0)); // so that the writing thread looks
        if (closed) {
            failSwap(closedFailure());
        }
        state.replaced(source, next.await());
    }

    /** @throws PluginFailure if the file cannot be used */
    void requireUse() {
        awaitUse(WRITE_PATIENCE);
    }

    private InUse awaitUse(Duration patience) {
        try {
            if (!tried.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PluginFailure.Retriable(
                        FailureCode.STARTING, state.health().detail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        }
        if (closed) {
            throw closedFailure();
        }
        InUse now = inUse;
        if (now == null) {
            throw state.failure();
        }
        return now;
    }

    /** What is in use at the moment. */
    Optional<InUse> inUse() {
        return Optional.ofNullable(inUse);
    }

    /** Has the writing thread look into what a read came across, unless it has meanwhile opened the file anew. */
    private void report(InUse suspect, SQLException fault) {
        Write.Action<Boolean> look = writer -> {
            if (writer == suspect.writer()) {
                throw fault;
            }
            return true;
        };
        queue.addIfRoom(new Write<>(look, 0));
    }

    /** The swap that callers wait for. For the writing thread, as all that follows. */
    Optional<Swap> swap() {
        return Optional.ofNullable(swap.get());
    }

    void opened(InUse use) {
        inUse = use;
        tried.countDown();
    }

    /** Tells who waits for a swap what became of it. */
    void endSwap() {
        Swap pending = swap.get();
        if (pending != null && pending.isDecided()) {
            swap.set(null);
            pending.opened();
        }
    }

    /** The file is not in use any more, and will soon be opened again. */
    void left() {
        inUse = null;
    }

    void failSwap(PluginFailure failure) {
        Swap pending = swap.getAndSet(null);
        if (pending != null) {
            pending.failed(failure);
        }
    }

    /** The file cannot be used: for nothing that waits, and nothing that comes. */
    void unusable(PluginFailure failure) {
        tried.countDown();
        queue.failAll(failure);
    }

    void close() {
        closed = true;
        tried.countDown();
    }

    boolean isClosed() {
        return closed;
    }

    void closedForGood() {
        queue.failAll(closedFailure());
        failSwap(closedFailure());
    }

    private static PluginFailure closedFailure() {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The cache file is closed.");
    }
}
