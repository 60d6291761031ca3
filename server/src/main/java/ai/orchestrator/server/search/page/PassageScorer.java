package ai.orchestrator.server.search.page;

import java.time.Duration;
import java.util.List;

/** Tells how much passages have to do with a question. */
@FunctionalInterface
public interface PassageScorer {
    /**
     * One score for each passage, 0 for one that has nothing to do with the question; comparable within one call.
     *
     * @param passages of all pages of one search
     * @param within how long this may take beyond what takes no time
     */
    double[] score(String question, List<String> passages, Duration within);
}
