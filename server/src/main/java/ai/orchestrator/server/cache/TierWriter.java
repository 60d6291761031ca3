package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.server.stats.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to one tier, in order, in batches and off the clients' path. What does not fit into the queue is dropped, and so is what the tier
 * does not take: a cache may forget.
 */
final class TierWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierWriter.class);
    private static final int BATCH = 64;

    /** A transaction costs as much as several entries: under load there is one in so much time, and a lone entry is written at once. */
    private static final long GATHER_NANOS = Duration.ofMillis(20).toNanos();

    /** What the waiting bodies may take together. */
    private static final long MOST_BYTES = 64L << 20;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

    private final String name;
    private final CacheTier tier;
    private final boolean atOnce;
    private final ArrayBlockingQueue<Task> queue;
    private final Consumer<NewEntry> stale;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final LongAdder puts = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final Thread thread;
    private volatile boolean closed;

    private sealed interface Task {}

    private record Put(NewEntry entry, boolean replaces) implements Task {}

    private record Discard(CacheKey key) implements Task {}

    private record Marker(CompletableFuture<Boolean> reached) implements Task {}

    /** @param stale is told of entries that were not taken, and whose older ones may still be there */
    TierWriter(NamedTier named, int capacity, Consumer<NewEntry> stale) {
        this.stale = stale;
        this.name = named.name();
        this.tier = named.tier();
        this.atOnce = tier.reach() == CacheTier.Reach.MEMORY;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofVirtual().name("cache-writer-" + name).start(this::run);
    }

    /**
     * Stores an entry: in memory at once, elsewhere soon.
     *
     * @param replaces whether what is under the key now must not be served any more
     */
    void put(NewEntry entry, boolean replaces) {
        Put put = new Put(entry, replaces);
        if (atOnce) {
            store(List.of(put));
            return;
        }
        int bytes = bytes(put);
        if (waitingBytes.addAndGet(bytes) > MOST_BYTES || closed || !queue.offer(put)) {
            waitingBytes.addAndGet(-bytes);
            drop(put);
        }
    }

    /** Removes an entry that is of no use soon, or not at all. */
    void discard(CacheKey key) {
        if (atOnce) {
            attempt(() -> tier.remove(key));
        } else {
            queue.offer(new Discard(key));
        }
    }

    /** Takes back the entries that wait and match; returns how many. */
    long forget(Predicate<NewEntry> unwanted) {
        AtomicLong forgotten = new AtomicLong();
        queue.removeIf(task -> {
            boolean matches = task instanceof Put(NewEntry entry, boolean ignored) && unwanted.test(entry);
            if (matches) {
                waitingBytes.addAndGet(-bytes(task));
                forgotten.incrementAndGet();
            }
            return matches;
        });
        return forgotten.get();
    }

    /** Waits until everything submitted before is written, but not for long; false if it is not. */
    boolean drain() {
        if (atOnce) {
            return true;
        }
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        try {
            if (!queue.offer(new Marker(reached), LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return reached.completeOnTimeout(false, LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    TierReport.Writes report() {
        return new TierReport.Writes(puts.sum(), errors.sum(), dropped.sum(), queue.size(), latencies.snapshot());
    }

    @Override
    public void close() {
        drain();
        closed = true;
        thread.interrupt();
    }

    private void run() {
        List<Task> tasks = new ArrayList<>(BATCH);
        long written = System.nanoTime() - GATHER_NANOS;
        while (!closed) {
            try {
                tasks.add(queue.take());
                long early = written + GATHER_NANOS - System.nanoTime();
                if (early > 0 && queue.size() < BATCH - 1) {
                    Thread.sleep(Duration.ofNanos(early));
                }
                queue.drainTo(tasks, BATCH - 1);
                perform(tasks);
                written = System.nanoTime();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("a cache write failed by a fault of this server", e);
            }
            tasks.clear();
        }
    }

    private void perform(List<Task> tasks) {
        List<Put> batch = new ArrayList<>();
        for (Task task : tasks) {
            switch (task) {
                case Put put -> {
                    waitingBytes.addAndGet(-bytes(put));
                    batch.add(put);
                }
                case Discard(CacheKey key) -> {
                    storeAll(batch);
                    attempt(() -> tier.remove(key));
                }
                case Marker(CompletableFuture<Boolean> reached) -> {
                    storeAll(batch);
                    reached.complete(true);
                }
            }
        }
        storeAll(batch);
    }

    private void storeAll(List<Put> batch) {
        if (!batch.isEmpty()) {
            store(List.copyOf(batch));
            batch.clear();
        }
    }

    /** Where a batch is not taken as a whole, one by one, for one entry may have spoilt it. */
    private void store(List<Put> batch) {
        long start = System.nanoTime();
        List<NewEntry> entries = batch.stream().map(Put::entry).toList();
        if (attempt(() -> tier.putAll(entries))) {
            puts.add(entries.size());
            latencies.add(Duration.ofNanos((System.nanoTime() - start) / entries.size()));
        } else if (batch.size() > 1) {
            batch.forEach(put -> store(List.of(put)));
        } else {
            drop(batch.getFirst());
        }
    }

    private void drop(Put put) {
        dropped.increment();
        if (put.replaces()) {
            stale.accept(put.entry());
        }
    }

    /** False if the tier does not do it, or is not asked since it has failed too often. */
    private boolean attempt(Runnable call) {
        if (!breaker.admits()) {
            return false;
        }
        try {
            call.run();
            if (breaker.succeeded()) {
                LOG.info("cache tier {} takes entries again", name);
            }
            return true;
        } catch (RuntimeException | Error e) {
            errors.increment();
            if (breaker.failed()) {
                LOG.info("cache tier {} takes no entries at present: {}", name, e.getMessage());
            }
            return false;
        }
    }

    private static int bytes(Task task) {
        return task instanceof Put(NewEntry entry, boolean ignored)
                ? entry.entry().body().length
                : 0;
    }
}
