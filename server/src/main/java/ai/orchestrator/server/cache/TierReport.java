package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.TierUsage;

/**
 * How a tier is doing.
 *
 * @param outOfUse whether the tier is left alone because it kept failing
 * @param hits lookups that found an entry, since start
 * @param misses lookups that found none, since start
 * @param puts entries stored, since start
 * @param errors calls that failed, since start
 * @param dropped entries not stored because the tier was too far behind, since start
 */
public record TierReport(
        String name,
        boolean outOfUse,
        Health health,
        TierUsage usage,
        long hits,
        long misses,
        long puts,
        long errors,
        long dropped) {}
