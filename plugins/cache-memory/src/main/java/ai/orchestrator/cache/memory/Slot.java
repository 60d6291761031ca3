package ai.orchestrator.cache.memory;

import ai.orchestrator.plugin.cache.CacheEntry;
import java.time.Duration;
import java.util.Optional;

/** What the cache holds under a key; compared by identity, so that a removal hits exactly the slot it looked at. */
final class Slot {
    /**
     * What an entry takes beside its body: Caffeine's node, the key, the record and its short texts. Near what a heap dump
     * shows for an entry with a model name and two tags.
     */
    static final int OVERHEAD = 512;

    private static final Duration FOREVER = Duration.ofDays(100L * 365);

    /** Wrapped once here, so that a hit allocates nothing. */
    private final Optional<CacheEntry> answer;

    private final CacheEntry entry;
    private final long ttlNanos;

    Slot(CacheEntry entry, Duration ttl) {
        this.answer = Optional.of(entry);
        this.entry = entry;
        this.ttlNanos = ttl.compareTo(FOREVER) < 0 ? ttl.toNanos() : FOREVER.toNanos();
    }

    Optional<CacheEntry> answer() {
        return answer;
    }

    CacheEntry entry() {
        return entry;
    }

    long ttlNanos() {
        return ttlNanos;
    }

    /** In bytes. */
    int weight() {
        return (int) Math.min(Integer.MAX_VALUE, (long) OVERHEAD + entry.body().length);
    }
}
