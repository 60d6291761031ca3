package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.EngineOutcome;
import java.time.Instant;
import java.util.Optional;

/** How an engine has done since the start. */
final class EngineCounts {
    private final String engine;
    private long searches;
    private long cached;
    private long results;
    private long failures;
    private Optional<EngineReport.Failure> last = Optional.empty();

    EngineCounts(String engine) {
        this.engine = engine;
    }

    synchronized void add(EngineOutcome outcome, Instant now) {
        searches++;
        results += outcome.results();
        if (outcome.cached()) {
            cached++;
        }
        outcome.failure().ifPresent(sentence -> {
            failures++;
            last = Optional.of(new EngineReport.Failure(now, sentence));
        });
    }

    synchronized EngineReport report() {
        return new EngineReport(engine, searches, cached, results, failures, last);
    }
}
