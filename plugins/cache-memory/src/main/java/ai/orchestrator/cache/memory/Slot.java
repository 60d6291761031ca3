package ai.orchestrator.cache.memory;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheSelector;
import com.github.benmanes.caffeine.cache.Interner;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What the cache holds under a key: an entry's parts, in as few objects as will do, for there may be a million. Compared by identity, so that a
 * removal hits exactly the slot it looked at.
 */
final class Slot {
    /**
     * What an entry takes beside its body, in bytes: Caffeine's and the map's nodes, the key, this object, and the array's head. Measured as the
     * growth of the heap by 200,000 entries; without compact object headers it is some 20 more.
     */
    static final int OVERHEAD = 190;

    private static final Duration FOREVER = Duration.ofDays(100L * 365);

    /** Models, scopes and sets of tags are few, entries are many. */
    private static final Interner<String> TEXTS = Interner.newWeakInterner();

    private static final Interner<Set<String>> TAGS = Interner.newWeakInterner();

    /** What a tag takes beside its characters, were it not shared. */
    private static final int TAG_OVERHEAD = 80;

    private final byte[] body;
    private final long createdAtMillis;
    private final long ttlNanos;
    private final String model;
    private final String scope;
    private final Set<String> tags;

    Slot(CacheEntry entry, Duration ttl) {
        this.body = entry.body();
        this.createdAtMillis = entry.createdAt().toEpochMilli();
        this.ttlNanos = ttl.compareTo(FOREVER) < 0 ? ttl.toNanos() : FOREVER.toNanos();
        this.model = TEXTS.intern(entry.model());
        this.scope = TEXTS.intern(entry.scope());
        this.tags = TAGS.intern(Set.copyOf(entry.tags()));
    }

    CacheEntry entry() {
        return new CacheEntry(body, Instant.ofEpochMilli(createdAtMillis), model, scope, tags);
    }

    boolean isOfScope(String wanted) {
        return scope.equals(wanted);
    }

    boolean isMeantBy(CacheSelector selector) {
        return selector.matches(model, scope, tags);
    }

    long ttlNanos() {
        return ttlNanos;
    }

    /** In bytes. */
    int weight() {
        long weight = (long) OVERHEAD + body.length;
        for (String tag : tags) {
            weight += TAG_OVERHEAD + tag.length();
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }
}
