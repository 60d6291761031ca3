package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.params.ScanParams;

/**
 * Removes entries by what they say of themselves: looks at all of them, on all servers, in slices that each stay well within the time for one
 * call, or at the one that is named. An index of models, tags and scopes would be quicker, but one that the server evicts, or that half a write
 * leaves behind, hides entries for good.
 */
final class BulkRemoval {
    private static final int SLICE = 500;

    private final RedisCalls redis;
    private final Batches batches;
    private final RedisKeys keys;

    BulkRemoval(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.batches = new Batches(redis);
        this.keys = keys;
    }

    /** What is put meanwhile may stay; all that was there before goes. */
    long removeAll(CacheSelector selector) {
        return selector instanceof CacheSelector.All
                ? removeEach(this::removeEvery)
                : removeEach(names -> removeSelected(
                        names, header -> selector.matches(header.model(), header.scope(), header.tags())));
    }

    /** Removes one entry if it is of the scope; what is put meanwhile stays. */
    boolean remove(CacheKey key, String scope) {
        return removeSelected(List.of(keys.entry(key)), header -> header.scope().equals(scope)) > 0;
    }

    private long removeEach(Slice slice) {
        long removed = 0;
        for (HostAndPort server : redis.masters()) {
            ScanParams matching = new ScanParams().match(keys.pattern()).count(SLICE);
            ScanPage page = new ScanPage(ScanPage.START, List.of());
            do {
                page = redis.callAt(server, Purpose.READ, Commands.scan(page.cursor(), matching));
                removed += slice.remove(page.names());
            } while (!page.isLast());
        }
        return removed;
    }

    /** Whatever else there is under the cache's own part of the prefix goes, too, uncounted. */
    private long removeEvery(List<byte[]> names) {
        List<Long> removed =
                batches.call(Purpose.WRITE, names.stream().map(Commands::unlink).toList(), 0L);
        long entries = 0;
        for (int i = 0; i < names.size(); i++) {
            entries += keys.isEntry(names.get(i)) ? removed.get(i) : 0;
        }
        return entries;
    }

    private long removeSelected(List<byte[]> names, Predicate<EntryHeader> selected) {
        List<byte[]> entries = names.stream().filter(keys::isEntry).toList();
        List<byte[]> starts = starts(entries, EntryHeader.USUAL_LENGTH);
        List<CommandObject<Long>> removals = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            byte[] name = entries.get(i);
            Optional<CacheKey> key = keys.keyOf(name);
            byte[] start = whole(name, starts.get(i));
            // an entry of another kind that is put just now must not go: only what still begins so
            EntryHeader.read(start)
                    .filter(header -> key.equals(Optional.of(header.key())) && selected.test(header))
                    .ifPresent(header -> removals.add(Commands.unlinkIf(name, start)));
        }
        return batches.call(Purpose.WRITE, removals, 0L).stream()
                .mapToLong(removed -> removed)
                .sum();
    }

    private byte[] whole(byte[] name, byte[] start) {
        int length = EntryHeader.lengthIfCutShort(start);
        return length == 0 ? start : starts(List.of(name), length).get(0);
    }

    private List<byte[]> starts(List<byte[]> names, int length) {
        return batches.call(
                Purpose.READ,
                names.stream().map(name -> Commands.start(name, length)).toList(),
                new byte[0]);
    }

    private interface Slice {
        long remove(List<byte[]> names);
    }
}
