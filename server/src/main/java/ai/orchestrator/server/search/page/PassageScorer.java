package ai.orchestrator.server.search.page;

import java.time.Duration;
import java.util.List;

/** Tells how much passages have to do with a question. */
@FunctionalInterface
public interface PassageScorer {
    /**
     * One score for each passage of each text, 0 for one that has nothing to do with the question; comparable within one call.
     *
     * @param texts of one search, each in passages; where there is not time for all, none of them is passed over for another
     * @param within how long this may take beyond what takes no time
     */
    List<double[]> score(String question, List<List<String>> texts, Duration within);
}
