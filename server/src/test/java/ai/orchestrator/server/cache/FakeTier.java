package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A tier in a map, which can be made sick. */
class FakeTier implements CacheTier {
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();
    final Map<CacheKey, Duration> ttls = new ConcurrentHashMap<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    /** Long, so that a busy machine changes no outcome. */
    volatile Duration deadline = Duration.ofSeconds(10);

    volatile Duration slow = Duration.ofSeconds(10);
    volatile boolean broken;
    volatile Runnable onGet = () -> {};
    volatile Runnable onPut = () -> {};

    private final Reach reach;
    private final Duration defaultTtl;

    FakeTier(Reach reach, Duration defaultTtl) {
        this.reach = reach;
        this.defaultTtl = defaultTtl;
    }

    /** Waits for what happens on another thread. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not happen");
            }
            Thread.onSpinWait();
        }
    }

    /** Sleeps, or ends the wait with the thread. */
    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public Duration defaultTtl() {
        return defaultTtl;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public Duration slowLookup() {
        return slow;
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        check();
        Optional<CacheEntry> entry = Optional.ofNullable(entries.get(key));
        onGet.run();
        return entry;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        check();
        onPut.run();
        entries.put(key, entry);
        ttls.put(key, ttl);
    }

    @Override
    public void putAll(List<NewEntry> all) {
        batches.add(all.size());
        CacheTier.super.putAll(all);
    }

    @Override
    public boolean remove(CacheKey key) {
        check();
        return entries.remove(key) != null;
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        check();
        return entries.entrySet()
                .removeIf(entry ->
                        entry.getKey().equals(key) && entry.getValue().scope().equals(scope));
    }

    @Override
    public long removeAll(CacheSelector selector) {
        check();
        long before = entries.size();
        entries.values().removeIf(selector::matches);
        return before - entries.size();
    }

    @Override
    public TierUsage usage() {
        return new TierUsage(entries.size(), -1, -1, 0);
    }

    CacheEntry entry(CacheKey key) {
        return Objects.requireNonNull(entries.get(key));
    }

    private void check() {
        if (broken) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "broken");
        }
    }
}
