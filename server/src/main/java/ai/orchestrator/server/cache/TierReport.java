package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.Map;

/**
 * How a tier is doing; counts are since start.
 *
 * @param outOfUse whether lookups leave the tier out, because it kept failing or was too slow
 * @param reason why that is; empty while it is in use
 * @param owedRemovals removals that it has missed, and that will be made up for before it is asked again
 * @param outages how often it was out of use
 * @param outFor how long it was out of use altogether
 */
public record TierReport(
        String name,
        boolean outOfUse,
        String reason,
        Health health,
        TierUsage usage,
        Lookups lookups,
        Writes writes,
        int owedRemovals,
        long outages,
        Duration outFor) {
    /**
     * Lookups; the counts add up to all there were.
     *
     * @param misses found nothing, or nothing fresh enough
     * @param unsound found an entry that did not verify, which is removed
     * @param errors failed, or took too long
     * @param skipped not made, since the tier was out of use
     * @param hitRate as {@link ai.orchestrator.server.stats.HitRate#snapshot}
     * @param latency as {@link ai.orchestrator.server.stats.Latencies#snapshot}
     */
    public record Lookups(
            long hits,
            long misses,
            long unsound,
            long errors,
            long skipped,
            Map<String, Object> hitRate,
            Map<String, Object> latency) {}

    /**
     * Writes.
     *
     * @param puts entries that the tier took
     * @param errors calls that failed
     * @param dropped entries that it did not take, or was too far behind for
     * @param waiting entries that wait now
     * @param latency of an entry, as {@link ai.orchestrator.server.stats.Latencies#snapshot}
     */
    public record Writes(long puts, long errors, long dropped, int waiting, Map<String, Object> latency) {}
}
