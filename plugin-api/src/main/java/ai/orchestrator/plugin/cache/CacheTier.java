package ai.orchestrator.plugin.cache;

import ai.orchestrator.plugin.PluginService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One place where stored answers live. The host asks tiers in the order of the configuration, copies a hit upward, and takes a tier out
 * of use for a while when its calls fail; a tier therefore reports trouble by {@link ai.orchestrator.plugin.PluginFailure}
 * and keeps its own deadline short.
 */
public interface CacheTier extends PluginService {
    /** Where calls are answered from; tells the host whether a call may wait on a disk or a network. */
    enum Reach {
        /** This process's own memory: never blocks. */
        MEMORY,
        /** A server shared by replicas. */
        SHARED,
        /** This machine's disk. */
        DISK
    }

    /** Where calls are answered from. */
    Reach reach();

    /** How long an entry lives here where no rule says otherwise. */
    Duration defaultTtl();

    /**
     * How long a lookup may hold a request up. The host goes on without the answer after that, and takes a tier out of use that is
     * often too slow, or slow against {@link #slowLookup}.
     */
    default Duration deadline() {
        return Duration.ofMillis(30);
    }

    /** From when on a lookup counts as slow: a tier most of whose lookups are is not worth asking. At most the deadline. */
    default Duration slowLookup() {
        return Duration.ofMillis(10);
    }

    /** The entry under the key; empty where there is none or it has expired. */
    Optional<CacheEntry> get(CacheKey key);

    /**
     * Stores an entry in place of any other under the key, whole or not at all. It expires after {@code ttl}.
     *
     * @param ttl more than zero
     */
    void put(CacheKey key, CacheEntry entry, Duration ttl);

    /** Stores several entries, in order, as {@link #put} does; a tier that can do that at once does. A failure may leave some of them stored. */
    default void putAll(List<NewEntry> entries) {
        entries.forEach(entry -> put(entry.key(), entry.entry(), entry.ttl()));
    }

    /** Removes the entry under the key; true if there was one. */
    boolean remove(CacheKey key);

    /** Removes the entry under the key if it is of the scope; true if there was such a one. An entry of another scope stays. */
    boolean remove(CacheKey key, String scope);

    /** Removes all entries that the selector matches; returns how many there were. */
    long removeAll(CacheSelector selector);

    /** Counts of the moment; may be approximate. */
    TierUsage usage();
}
