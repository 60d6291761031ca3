package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.NewEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandObject;

/** Entries by their keys. Each is one key of Redis, with an expiry of its own, and nothing beside it that could be lost or left over. */
final class EntryStore {
    private static final int BATCH = 64;
    /** What the bodies of a batch may have in all, if they are more than one: 4 MB. */
    private static final long BATCH_BYTES = 4 << 20;

    private final RedisCalls redis;
    private final Batches batches;
    private final RedisKeys keys;

    EntryStore(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.batches = new Batches(redis);
        this.keys = keys;
    }

    Optional<CacheEntry> get(CacheKey key) {
        byte[] name = keys.entry(key);
        Optional<Optional<CacheEntry>> found = lookUp(key, name);
        if (found.isPresent() && found.get().isEmpty()) {
            discard(name);
        }
        return found.flatMap(entry -> entry);
    }

    void put(CacheKey key, CacheEntry entry, Duration ttl) {
        if (EntryHeader.fits(entry)) {
            redis.call(Purpose.WRITE, set(new NewEntry(key, entry, ttl)));
        } else {
            remove(key); // what was there before is replaced, if only by nothing
        }
    }

    void putAll(List<NewEntry> entries) {
        List<CommandObject<Boolean>> batch = new ArrayList<>();
        long bytes = 0;
        for (NewEntry entry : entries) {
            int size = entry.entry().body().length;
            if (batch.size() == BATCH || bytes + size > BATCH_BYTES) {
                send(batch);
                bytes = 0;
            }
            if (EntryHeader.fits(entry.entry())) {
                batch.add(set(entry));
                bytes += size;
            } else {
                remove(entry.key());
            }
        }
        send(batch);
    }

    boolean remove(CacheKey key) {
        return redis.call(Purpose.WRITE, Commands.unlink(keys.entry(key))) > 0;
    }

    /** Empty if there is nothing under the name; an empty entry if there is something unreadable, or somebody else's. */
    private Optional<Optional<CacheEntry>> lookUp(CacheKey key, byte[] name) {
        try {
            return redis.call(
                    Purpose.LOOKUP,
                    Commands.get(name, value -> EntryHeader.decode(key, value)),
                    Optional.of(Optional.empty()));
        } catch (PluginFailure e) {
            if (e.getCause() instanceof OtherKeyException) {
                return Optional.of(Optional.empty()); // twice, on two connections: that is how it is stored
            }
            throw e;
        }
    }

    private void send(List<CommandObject<Boolean>> batch) {
        if (!batch.isEmpty()) {
            batches.call(Purpose.WRITE, batch, true);
            batch.clear();
        }
    }

    private CommandObject<Boolean> set(NewEntry entry) {
        return Commands.set(keys.entry(entry.key()), entry.key(), entry.entry(), entry.ttl());
    }

    private void discard(byte[] unreadable) {
        try {
            redis.call(Purpose.WRITE, Commands.unlink(unreadable));
        } catch (PluginFailure e) {
            // the read was answered, if only by a miss; health shows that writes fail
        }
    }
}
