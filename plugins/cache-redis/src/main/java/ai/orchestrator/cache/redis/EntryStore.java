package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/** Single entries: one key each, and the key's name in the sorted sets that index its model and tags, scored by when it expires. */
final class EntryStore {
    private static final Duration MAX_TTL = Duration.ofDays(100L * 365);

    /**
     * Atomic, with the server's own clock. Each index drops what has expired and lives as long as its longest-lived entry, so
     * indexes need no sweeping.
     */
    private static final byte[] PUT = """
            local ttl = tonumber(ARGV[2])
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ttl)
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            for i = 2, #KEYS do
              redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
              redis.call('ZADD', KEYS[i], now + ttl, KEYS[1])
              if redis.call('PTTL', KEYS[i]) < ttl then
                redis.call('PEXPIRE', KEYS[i], ttl)
              end
            end
            """.getBytes(StandardCharsets.UTF_8);

    private final RedisCalls redis;
    private final RedisKeys keys;

    EntryStore(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    Optional<CacheEntry> get(CacheKey key) {
        byte[] name = keys.entry(key);
        Optional<byte[]> value = redis.read(client -> {
            try {
                return Optional.ofNullable(client.get(name));
            } catch (JedisDataException e) {
                return unlessOfAnotherType(e);
            }
        });
        Optional<CacheEntry> entry = value.flatMap(EntryHeader::decode);
        if (value.isPresent() && entry.isEmpty()) {
            discard(name);
        }
        return entry;
    }

    void put(CacheKey key, CacheEntry entry, Duration ttl) {
        long millis = ttl.compareTo(MAX_TTL) < 0 ? Math.max(1, ttl.toMillis()) : MAX_TTL.toMillis();
        List<byte[]> names = new ArrayList<>();
        names.add(keys.entry(key));
        names.add(keys.model(entry.model()));
        entry.tags().forEach(tag -> names.add(keys.tag(tag)));
        byte[] value = EntryHeader.encode(entry);
        byte[] time = Long.toString(millis).getBytes(StandardCharsets.US_ASCII);
        redis.write(client -> client.eval(PUT, names, List.of(value, time)));
    }

    boolean remove(CacheKey key) {
        byte[] name = keys.entry(key);
        return redis.write(client -> client.unlink(name)) > 0;
    }

    private void discard(byte[] unreadable) {
        try {
            redis.write(client -> client.unlink(unreadable));
        } catch (PluginFailure e) {
            // the read was answered, if only by a miss; health shows that writes fail
        }
    }

    /** Somebody put a list or a set under an entry's name: unreadable, as an empty value is. */
    private static Optional<byte[]> unlessOfAnotherType(JedisDataException e) {
        if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
            return Optional.of(new byte[0]);
        }
        throw e;
    }
}
