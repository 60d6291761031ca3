package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Removes many entries, in slices that each stay well within the time for one call. */
final class BulkRemoval {
    private static final int SLICE = 500;

    private final RedisCalls redis;
    private final RedisKeys keys;

    BulkRemoval(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    long removeAll(CacheSelector selector) {
        return switch (selector) {
            case CacheSelector.All() -> removeEverything();
            case CacheSelector.ByModel(String model) ->
                removeIndexed(keys.model(model), header -> header.model().equals(model));
            case CacheSelector.ByTag(String tag) ->
                removeIndexed(keys.tag(tag), header -> header.tags().contains(tag));
        };
    }

    private long removeEverything() {
        ScanParams matching = new ScanParams().match(keys.pattern()).count(SLICE);
        long removed = 0;
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        while (true) {
            byte[] from = cursor;
            ScanResult<byte[]> found = redis.read(client -> client.scan(from, matching));
            List<byte[]> entries =
                    found.getResult().stream().filter(keys::isEntry).toList();
            List<byte[]> indexes =
                    found.getResult().stream().filter(key -> !keys.isEntry(key)).toList();
            removed += unlink(entries);
            unlink(indexes);
            if (found.isCompleteIteration()) {
                return removed;
            }
            cursor = found.getCursorAsBytes();
        }
    }

    private long unlink(List<byte[]> names) {
        return names.isEmpty() ? 0 : redis.write(client -> client.unlink(names.toArray(byte[][]::new)));
    }

    /**
     * An index may still name entries that have expired, or that were replaced by one of another model or without the tag, so each
     * entry's own header decides. Ends after as many as there were at the start, however many are put meanwhile.
     */
    private long removeIndexed(byte[] index, Predicate<EntryHeader> selected) {
        long left = redis.read(client -> client.zcard(index));
        long removed = 0;
        long kept = 0;
        while (left > 0) {
            long from = kept;
            List<byte[]> names = redis.read(client -> client.zrange(index, from, from + SLICE - 1));
            if (names.isEmpty()) {
                break;
            }
            List<Optional<EntryHeader>> headers = redis.read(client -> headers(client, names));
            List<byte[]> gone = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (headers.get(i).filter(selected.negate()).isEmpty()) {
                    gone.add(names.get(i));
                }
            }
            removed += unlinkIndexed(index, gone);
            kept += names.size() - gone.size();
            left -= names.size();
        }
        return removed;
    }

    private static List<Optional<EntryHeader>> headers(RedisClient client, List<byte[]> names) {
        List<Response<byte[]>> starts = new ArrayList<>();
        try (Pipeline pipeline = client.pipelined()) {
            names.forEach(name -> starts.add(pipeline.getrange(name, 0, EntryHeader.USUAL_LENGTH - 1)));
        }
        List<Optional<EntryHeader>> headers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            byte[] start = startOf(starts.get(i));
            byte[] value = EntryHeader.isCutShort(start) ? client.getrange(names.get(i), 0, -1) : start;
            headers.add(EntryHeader.read(value));
        }
        return headers;
    }

    private static byte[] startOf(Response<byte[]> reply) {
        try {
            return reply.get();
        } catch (JedisDataException e) {
            return new byte[0]; // another type of value: no entry of ours
        }
    }

    /** In one transaction: an entry that is put between the two commands would be missing from its index for ever. */
    private long unlinkIndexed(byte[] index, List<byte[]> names) {
        if (names.isEmpty()) {
            return 0;
        }
        byte[][] all = names.toArray(byte[][]::new);
        return redis.write(client -> {
            try (AbstractTransaction transaction = client.multi()) {
                Response<Long> unlinked = transaction.unlink(all);
                transaction.zrem(index, all);
                transaction.exec();
                return unlinked.get();
            }
        });
    }
}
