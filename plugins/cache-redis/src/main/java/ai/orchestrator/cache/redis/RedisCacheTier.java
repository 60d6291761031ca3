package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Entries in Redis servers that replicas share. */
final class RedisCacheTier implements CacheTier {
    private final RedisCalls redis;
    private final EntryStore entries;
    private final BulkRemoval removal;
    private final RedisWatch watch;
    private final Duration defaultTtl;

    /** Takes over the calls, and closes them. */
    RedisCacheTier(RedisCalls redis, RedisKeys keys, RedisWatch watch, Duration defaultTtl) {
        this.redis = redis;
        this.entries = new EntryStore(redis, keys);
        this.removal = new BulkRemoval(redis, keys);
        this.watch = watch;
        this.defaultTtl = defaultTtl;
        watch.start();
    }

    /** A tier that connects to nothing yet. */
    static RedisCacheTier of(RedisAddress address, RedisLimits limits, String prefix, Duration defaultTtl) {
        ClientConfigs configs = ClientConfigs.of(address, limits.timeout());
        Topology topology =
                switch (address.kind()) {
                    case SINGLE -> new SingleServer(address.hosts().get(0));
                    case SENTINEL ->
                        new SentinelTopology(address.hosts(), address.master(), configs.sentinels(), limits.timeout());
                    case CLUSTER -> new ClusterTopology(address.hosts(), configs.servers(), limits.timeout());
                };
        Reachability reachability = new Reachability();
        RedisCalls redis =
                new RedisCalls(topology, new ConnectionPools(configs.servers(), limits), limits, reachability);
        RedisKeys keys = new RedisKeys(prefix);
        return new RedisCacheTier(redis, keys, new RedisWatch(redis, keys, reachability), defaultTtl);
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
    public Duration deadline() {
        return redis.limits().deadline();
    }

    @Override
    public Duration slowLookup() {
        return redis.limits().slow();
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
    public void putAll(List<NewEntry> batch) {
        entries.putAll(batch);
    }

    @Override
    public boolean remove(CacheKey key) {
        return entries.remove(key);
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        return removal.remove(key, scope);
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
