package ai.orchestrator.server.orchestration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a request is answered.
 *
 * @param route the rule's name
 * @param models full names: the one to ask, then the fallbacks in order; never empty
 * @param search whether evidence is searched for first
 * @param deadline how long the whole answer may take
 * @param budget the most that the answer may cost, in US dollars
 */
public record RoutePlan(
        String route, List<String> models, boolean search, Optional<Duration> deadline, Optional<BigDecimal> budget) {
    public RoutePlan {
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("route " + route + " names no model");
        }
    }
    /** A plan that says nothing of money. */
    public RoutePlan(String route, List<String> models, boolean search, Optional<Duration> deadline) {
        this(route, models, search, deadline, Optional.empty());
    }
}
