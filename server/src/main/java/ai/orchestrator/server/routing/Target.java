package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.ModelName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule has answer a request.
 *
 * @param models the one that answers, or several of which the cheapest does; empty for the one that the client named
 * @param listSources whether the answer ends with a list of its sources; only with {@code search}
 * @param budget the most that the answer may cost, in US dollars
 */
record Target(
        List<ModelName> models,
        List<ModelName> fallbacks,
        boolean search,
        boolean listSources,
        Optional<Duration> deadline,
        Optional<BigDecimal> budget) {
    /** Whether the client's own choice stands. */
    boolean asRequested() {
        return models.isEmpty();
    }
}
