package ai.orchestrator.plugin.search;

import ai.orchestrator.plugin.PluginService;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells how well texts answer a query, by a model that is made for that. */
public interface TextReranker extends PluginService {
    /**
     * Looks at all of the texts.
     *
     * @param texts at least one
     * @param deadline how long the call may take
     * @throws ai.orchestrator.plugin.PluginFailure if there are no scores within the deadline, or at all
     */
    Scores score(String query, List<String> texts, Duration deadline);

    /** Whether nothing leaves this machine, so that it may be asked even where the operator allows nothing else. */
    default boolean isLocal() {
        return false;
    }

    /**
     * How well texts answer a query.
     *
     * @param values one for each text, in order: higher is better, finite, and comparable within one call alone
     * @param costUsd what the call cost, in US dollars, where that is told
     */
    record Scores(List<Double> values, Optional<BigDecimal> costUsd) {
        public Scores {
            values = List.copyOf(values);
        }
    }
}
