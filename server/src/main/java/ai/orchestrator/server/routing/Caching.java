package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.RequestPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a rule has answers kept.
 *
 * @param shared whether all tenants see the entry, instead of the caller's only
 */
record Caching(boolean store, Optional<Duration> ttl, Map<String, Duration> tierTtl, boolean shared, Set<String> tags) {
    static final Caching DEFAULT = new Caching(true, Optional.empty(), Map.of(), false, Set.of());

    RequestPolicy policy(Caller caller) {
        return new RequestPolicy(store, shared ? "" : caller.tenant(), ttl, tierTtl, tags);
    }
}
