package ai.orchestrator.plugin.cache;

import java.time.Duration;

/**
 * An entry that is to be stored.
 *
 * @param ttl how long it lives from now on, more than zero
 */
public record NewEntry(CacheKey key, CacheEntry entry, Duration ttl) {}
