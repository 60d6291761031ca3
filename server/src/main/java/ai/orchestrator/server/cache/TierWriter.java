package ai.orchestrator.server.cache;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to one tier in order, off the clients' path. What does not fit into the queue is dropped: a cache may forget. */
final class TierWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierWriter.class);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

    private final ArrayBlockingQueue<Runnable> queue;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    TierWriter(String tier, int capacity) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofVirtual().name("cache-writer-" + tier).start(this::run);
    }

    void submit(Runnable write) {
        if (closed || !queue.offer(write)) {
            dropped.increment();
        }
    }

    /** Waits until everything submitted before is written, but not for long: so that a removal comes after the writes it is meant for. */
    void drain() {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        if (!queue.offer(() -> reached.complete(true))) {
            return;
        }
        reached.completeOnTimeout(false, LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        drain();
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("a cache write failed by a fault of this server", e);
            }
        }
    }
}
