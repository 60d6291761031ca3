package ai.orchestrator.server.search.rerank;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells how well texts answer a query, where somebody can. */
@FunctionalInterface
public interface Relevance {
    /** One number for each text, higher is better; empty where there are none in time. */
    Optional<List<Double>> of(String query, List<String> texts, Duration within);

    /** So much of the time is its, and the rest is for doing without it. */
    static Duration part(Duration within) {
        return within.multipliedBy(3).dividedBy(4);
    }
}
