package ai.orchestrator.server.orchestration;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules say of a request before anything else is known of it.
 *
 * @param cacheable whether the answer may be looked up and stored
 * @param scope whose entries are seen and made; empty for everybody's
 * @param ttl how long an entry lives, in all tiers that no {@code tierTtl} names; empty for each tier's own
 * @param tierTtl how long an entry lives, by the tier's name
 * @param tags labels for the entry
 */
public record RequestPolicy(
        boolean cacheable, String scope, Optional<Duration> ttl, Map<String, Duration> tierTtl, Set<String> tags) {
    /** Cached in everybody's scope by each tier's own time. */
    public static final RequestPolicy DEFAULT = new RequestPolicy(true, "", Optional.empty(), Map.of(), Set.of());
}
