package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.NewEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * An entry on its way into the file, in the file's own units.
 *
 * @param createdAt milliseconds since 1970
 * @param ttlMillis more than zero
 * @param size about how many bytes it takes in the file
 */
record NewRow(CacheKey key, CacheEntry entry, long createdAt, long ttlMillis, long size) {
    /** What an entry takes beside its body and texts: two rows, and its places in five indexes. */
    private static final int OVERHEAD = 250;

    private static final Duration MAX_TTL = Duration.ofDays(100L * 365);
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    static NewRow of(NewEntry put) {
        CacheEntry entry = put.entry();
        return new NewRow(put.key(), entry, millis(entry.createdAt()), millis(put.ttl()), size(entry));
    }

    static long size(CacheEntry entry) {
        long texts = (long) entry.model().length() + entry.scope().length();
        for (String tag : entry.tags()) {
            texts += tag.length();
        }
        return OVERHEAD + entry.body().length + texts;
    }

    private static long millis(Duration ttl) {
        return ttl.compareTo(MAX_TTL) < 0 ? Math.max(1, ttl.toMillis()) : MAX_TTL.toMillis();
    }

    /** As near as milliseconds come to times of hundreds of millions of years. */
    private static long millis(Instant time) {
        if (time.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }
}
