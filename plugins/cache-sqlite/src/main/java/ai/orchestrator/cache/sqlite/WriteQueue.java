package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The changes that wait for the writing thread. */
final class WriteQueue {
    private static final int MAX_WAITING = 256;
    private static final int BATCH = 64;
    private static final long BATCH_BYTES = 8 << 20;

    private final BlockingQueue<Write<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /** @throws PluginFailure if there is no room for {@code patience} */
    void add(Write<?> write, Duration patience) {
        try {
            if (!waiting.offer(write, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PluginFailure.Retriable(FailureCode.OVERLOADED, "Too many writes wait for the cache file.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The cache file was not waited for to the end.", e);
        }
    }

    /** Adds a change that nobody waits for, if there is room. */
    void addIfRoom(Write<?> write) {
        waiting.offer(write);
    }

    /** As many changes as one transaction should make; none if none comes within so many nanoseconds. */
    List<Write<?>> next(long nanos) throws InterruptedException {
        List<Write<?>> batch = new ArrayList<>();
        long bytes = 0;
        Write<?> write = waiting.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        while (write != null) {
            batch.add(write);
            bytes += write.bytes();
            write = batch.size() < BATCH && bytes < BATCH_BYTES ? waiting.poll() : null;
        }
        return batch;
    }

    void failAll(PluginFailure failure) {
        List<Write<?>> all = new ArrayList<>();
        waiting.drainTo(all);
        all.forEach(write -> write.failed(failure));
    }
}
