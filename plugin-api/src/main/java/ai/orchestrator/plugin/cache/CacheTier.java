package ai.orchestrator.plugin.cache;

import ai.orchestrator.plugin.PluginService;
import java.time.Duration;
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

    /** The entry under the key; empty where there is none or it has expired. */
    Optional<CacheEntry> get(CacheKey key);

    /**
     * Stores an entry in place of any other under the key, whole or not at all. It expires after {@code ttl}.
     *
     * @param ttl more than zero
     */
    void put(CacheKey key, CacheEntry entry, Duration ttl);

    /** Removes the entry under the key; true if there was one. */
    boolean remove(CacheKey key);

    /** Removes all entries that the selector matches; returns how many there were. */
    long removeAll(CacheSelector selector);

    /** Counts of the moment; may be approximate. */
    TierUsage usage();
}
