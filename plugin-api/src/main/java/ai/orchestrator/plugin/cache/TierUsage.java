package ai.orchestrator.plugin.cache;

/**
 * What a tier holds.
 *
 * @param entries how many entries, or -1 where that is not known cheaply
 * @param bytes what they take, or -1 where that is not known cheaply
 * @param maxBytes the limit, or -1 where there is none
 * @param evictions entries that left before their time since start
 */
public record TierUsage(long entries, long bytes, long maxBytes, long evictions) {}
