package ai.orchestrator.server.harness;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A tier in a map, which tests may look into; nothing in it expires by itself. */
public final class MapTier implements CacheTier {
    public final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();

    /** How long each entry was to live. */
    public final Map<CacheKey, Duration> ttls = new ConcurrentHashMap<>();

    private final Reach reach;
    private final Duration defaultTtl;

    public MapTier(Reach reach, Duration defaultTtl) {
        this.reach = reach;
        this.defaultTtl = defaultTtl;
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public Duration defaultTtl() {
        return defaultTtl;
    }

    /** However busy the machine is, this tier is not the slow one. */
    @Override
    public Duration deadline() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration slowLookup() {
        return deadline();
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        entries.put(key, entry);
        ttls.put(key, ttl);
    }

    @Override
    public boolean remove(CacheKey key) {
        return entries.remove(key) != null;
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        return entries.entrySet()
                .removeIf(entry ->
                        entry.getKey().equals(key) && entry.getValue().scope().equals(scope));
    }

    @Override
    public long removeAll(CacheSelector selector) {
        long before = entries.size();
        entries.values().removeIf(selector::matches);
        return before - entries.size();
    }

    @Override
    public TierUsage usage() {
        return new TierUsage(entries.size(), -1, -1, 0);
    }
}
