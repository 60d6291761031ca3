package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheTier;

/** A tier under the name that rules and {@code X-Cache-Tier} call it by. */
public record NamedTier(String name, CacheTier tier) {}
