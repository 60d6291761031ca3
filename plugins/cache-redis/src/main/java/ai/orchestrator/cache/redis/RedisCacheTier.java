package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.Optional;

/** Entries in a Redis server that replicas share. */
final class RedisCacheTier implements CacheTier {
    private final RedisCalls redis;
    private final EntryStore entries;
    private final BulkRemoval removal;
    private final RedisWatch watch;
    private final Duration defaultTtl;

    /** Takes over the calls, and closes them. */
    RedisCacheTier(RedisCalls redis, RedisKeys keys, Duration defaultTtl) {
        this.redis = redis;
        this.entries = new EntryStore(redis, keys);
        this.removal = new BulkRemoval(redis, keys);
        this.watch = new RedisWatch(redis, keys);
        this.defaultTtl = defaultTtl;
        watch.start();
    }

    @Override
    public Reach reach() {
        return Reach.SHARED;
    }

    @Override
    public Duration defaultTtl() {
        return defaultTtl;
    }

    @Override
    public Health health() {
        return redis.health();
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        return entries.get(key);
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        entries.put(key, entry, ttl);
    }

    @Override
    public boolean remove(CacheKey key) {
        return entries.remove(key);
    }

    @Override
    public long removeAll(CacheSelector selector) {
        return removal.removeAll(selector);
    }

    @Override
    public TierUsage usage() {
        return watch.usage();
    }

    @Override
    public void close() {
        watch.close();
        redis.close();
    }
}
