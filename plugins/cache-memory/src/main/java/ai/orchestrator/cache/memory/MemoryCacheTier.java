package ai.orchestrator.cache.memory;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Entries on this process's heap, weighed in bytes. */
final class MemoryCacheTier implements CacheTier {
    private final long maxSize;
    private final Duration defaultTtl;
    private final Cache<CacheKey, Slot> slots;
    private final LongAdder evictions = new LongAdder();

    MemoryCacheTier(long maxSize, Duration defaultTtl, Ticker ticker) {
        this.maxSize = maxSize;
        this.defaultTtl = defaultTtl;
        this.slots = Caffeine.newBuilder()
                .maximumWeight(maxSize)
                .weigher((CacheKey key, Slot slot) -> slot.weight())
                .expireAfter(Expiry.writing((CacheKey key, Slot slot) -> Duration.ofNanos(slot.ttlNanos())))
                .evictionListener((key, slot, cause) -> countEviction(cause))
                .scheduler(Scheduler.systemScheduler())
                .ticker(ticker)
                .build();
    }

    @Override
    public Reach reach() {
        return Reach.MEMORY;
    }

    @Override
    public Duration defaultTtl() {
        return defaultTtl;
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        Slot slot = slots.getIfPresent(key);
        return slot == null ? Optional.empty() : Optional.of(slot.entry());
    }

    /** An entry that is larger than the whole cache is not kept, and neither is the one it was to replace. */
    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        Slot slot = new Slot(entry, ttl);
        if (slot.weight() > maxSize) {
            slots.invalidate(key);
        } else {
            slots.put(key, slot);
        }
    }

    @Override
    public boolean remove(CacheKey key) {
        return slots.asMap().remove(key) != null;
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        Slot slot = slots.asMap().get(key);
        return slot != null && slot.isOfScope(scope) && slots.asMap().remove(key, slot);
    }

    @Override
    public long removeAll(CacheSelector selector) {
        long removed = 0;
        for (Map.Entry<CacheKey, Slot> candidate : slots.asMap().entrySet()) {
            if (candidate.getValue().isMeantBy(selector)
                    && slots.asMap().remove(candidate.getKey(), candidate.getValue())) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public TierUsage usage() {
        slots.cleanUp();
        long bytes = slots.policy()
                .eviction()
                .map(policy -> policy.weightedSize().orElse(-1))
                .orElse(-1L);
        return new TierUsage(slots.estimatedSize(), bytes, maxSize, evictions.sum());
    }

    @Override
    public void close() {
        slots.invalidateAll();
    }

    private void countEviction(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
        }
    }
}
