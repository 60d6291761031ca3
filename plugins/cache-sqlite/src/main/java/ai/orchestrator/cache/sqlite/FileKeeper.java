package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.TierUsage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The platform thread that owns the file: it opens it, writes what callers ask for in batches, tidies up between, replaces it, and after a
 * fault opens it anew.
 */
final class FileKeeper implements AutoCloseable {
    private static final long TIDY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration REOPEN_PAUSE = Duration.ofSeconds(1);
    /** The driver itself logs each attempt to load its library. */
    private static final Duration LIBRARY_PAUSE = Duration.ofSeconds(6);

    /** A disk that damages each new file at once must not fill up with them. */
    private static final Duration SET_ASIDE_PERIOD = Duration.ofMinutes(1);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final CacheFile file;
    private final int readers;
    private final long maxBytes;
    private final FileState state;
    private final LastUses lastUses = new LastUses();
    private final AtomicLong evictions = new AtomicLong();
    private final WriteQueue queue = new WriteQueue();
    private final FileAccess access;
    private final Batches batches;
    private final Thread thread;
    private boolean begun;
    private long nextSetAside = System.nanoTime();

    FileKeeper(CacheFile file, int readers, long maxBytes) {
        this.file = file;
        this.readers = readers;
        this.maxBytes = maxBytes;
        this.state = new FileState(file.name());
        this.access = new FileAccess(file.name(), state, queue);
        this.batches = new Batches(file.name(), state);
        this.thread = Thread.ofPlatform().daemon().name("sqlite-cache-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    CacheFile file() {
        return file;
    }

    FileAccess access() {
        return access;
    }

    Health health() {
        return state.health();
    }

    TierUsage usage() {
        Optional<FileWriter> writer = access.inUse().map(InUse::writer);
        long entries = writer.map(FileWriter::entryCount).orElse(-1L);
        long bytes = writer.map(FileWriter::bytesInUse).orElse(-1L);
        return new TierUsage(entries, bytes, maxBytes, evictions.get());
    }

    @Override
    public void close() {
        access.close();
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        access.closedForGood();
    }

    private void run() {
        while (!access.isClosed()) {
            try {
                serve();
                replace();
            } catch (InterruptedException e) {
                return; // by close
            } catch (MovedFileException e) {
                state.moved();
            } catch (Throwable e) {
                recover(SqliteFault.of(e));
            }
        }
    }

    /** Serves from one opening of the file until it is to be replaced, or a fault calls for another one. */
    private void serve()
            throws InterruptedException, IOException, SQLException, UnusableFileException, MovedFileException {
        if (!begun) {
            file.finishReplacing();
            begun = true;
        }
        OpenFile opened = file.openForWriting();
        FileWatch watch = new FileWatch(file);
        try (Connection _ = opened.connection();
                FileWriter writer = new FileWriter(opened);
                ReaderPool pool = new ReaderPool(file, opened.servesOldTable(), lastUses, readers)) {
            lastUses.clear();
            access.opened(new InUse(writer, pool));
            state.opened(opened.shrinks());
            access.endSwap();
            work(writer, watch);
        } catch (MovedFileException e) {
            watch.removeLog();
            throw e;
        } finally {
            access.left();
        }
    }

    private void work(FileWriter writer, FileWatch watch)
            throws InterruptedException, SQLException, MovedFileException {
        Housekeeping housekeeping = new Housekeeping(file, maxBytes, lastUses, evictions);
        long nextTidying = System.nanoTime();
        while (!access.isClosed() && access.swap().isEmpty()) {
            List<Write<?>> batch = queue.next(nextTidying - System.nanoTime());
            if (!batch.isEmpty()) {
                batches.commit(writer, batch);
            }
            if (housekeeping.isUrgent(writer) || System.nanoTime() - nextTidying >= 0) {
                boolean more = tidy(writer, housekeeping);
                while (more && housekeeping.isOverfull(writer) && !access.isClosed()) {
                    more = tidy(writer, housekeeping);
                }
                nextTidying = System.nanoTime() + (more ? 0 : TIDY_NANOS);
                watch.check();
            }
        }
        if (access.swap().isPresent()) {
            access.left();
            writer.emptyLog();
        }
    }

    /** One small piece of housekeeping; true if there is more at once. */
    private boolean tidy(FileWriter writer, Housekeeping housekeeping) throws SQLException {
        try {
            if (state.isToBeProbed()) {
                writer.probe();
                state.written();
            }
            return housekeeping.slice(writer);
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(e);
            if (fault.effect().endsUse()) {
                throw e;
            }
            if (fault.effect() == SqliteFault.Effect.READ_ONLY) {
                state.notWritten(fault);
            }
            writer.rollback();
            return false;
        }
    }

    /** Puts the file in place that callers wait for, if there is one; it is opened next. */
    private void replace() {
        access.swap().ifPresent(swap -> {
            try {
                swap.replaced(file.replaceBy(swap.complete()));
            } catch (IOException | UnusableFileException e) {
                swap.refused(SqliteFault.of(e).toFailure(file.name()));
            }
        });
    }

    private void recover(SqliteFault fault) {
        PluginFailure failure = fault.toFailure(file.name());
        access.failSwap(failure);
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
        access.unusable(failure);
        try {
            pause(fault.code() == FailureCode.NOT_INSTALLED ? LIBRARY_PAUSE : REOPEN_PAUSE, failure);
        } catch (InterruptedException e) {
            access.close(); // only that interrupts
        }
    }

    private void pause(Duration pause, PluginFailure failure) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (end - System.nanoTime() > 0) {
            queue.next(end - System.nanoTime()).forEach(write -> write.failed(failure));
        }
    }
}
