package ai.orchestrator.server.config;

import java.util.List;

/**
 * The answer cache.
 *
 * @param tiers in the order in which they are asked
 * @param writeQueue how many entries may wait to be written to the tiers below memory
 * @param probability the share of requests that use the cache at all, 0 to 1
 */
public record CacheConfig(List<ServiceConfig> tiers, int writeQueue, double probability) {
    public CacheConfig {
        tiers = List.copyOf(tiers);
    }
}
