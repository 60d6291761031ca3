package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.Optional;

/** Stands in where no URL is configured: keeps nothing, and is well. */
record SwitchedOffTier(Duration defaultTtl) implements CacheTier {
    @Override
    public Reach reach() {
        return Reach.SHARED;
    }

    @Override
    public Health health() {
        return new Health(Health.State.UP, "Switched off: no url is configured.");
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        return Optional.empty();
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {}

    @Override
    public boolean remove(CacheKey key) {
        return false;
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        return false;
    }

    @Override
    public long removeAll(CacheSelector selector) {
        return 0;
    }

    @Override
    public TierUsage usage() {
        return new TierUsage(0, 0, -1, 0);
    }
}
