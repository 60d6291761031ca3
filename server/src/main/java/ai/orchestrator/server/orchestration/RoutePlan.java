package ai.orchestrator.server.orchestration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a request is answered.
 *
 * @param route the rule's name
 * @param choices full names: the one model to ask, or several of which the cheapest that can take the request is asked first; never empty
 * @param fallbacks full names: the models to ask in turn when none of the choices answers
 * @param search whether evidence is searched for first
 * @param listSources whether the answer says below its text what it cites of the evidence
 * @param deadline how long the whole answer may take
 * @param budget the most that the answer may cost, in US dollars
 */
public record RoutePlan(
        String route,
        List<String> choices,
        List<String> fallbacks,
        boolean search,
        boolean listSources,
        Optional<Duration> deadline,
        Optional<BigDecimal> budget) {
    public RoutePlan {
        choices = List.copyOf(choices);
        fallbacks = List.copyOf(fallbacks);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("route " + route + " names no model");
        }
    }

    /** A plan without alternatives, that says nothing of money or sources: the first model is the one to ask, the others are fallbacks. */
    public RoutePlan(String route, List<String> models, boolean search, Optional<Duration> deadline) {
        this(route, models.subList(0, 1), models.subList(1, models.size()), search, false, deadline, Optional.empty());
    }

    /** All models, each once: the choices, then the fallbacks. */
    public List<String> models() {
        return Stream.concat(choices.stream(), fallbacks.stream()).distinct().toList();
    }
}
