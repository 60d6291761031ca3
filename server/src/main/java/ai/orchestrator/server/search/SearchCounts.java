package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.EngineOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts searches, and what each engine gave. */
final class SearchCounts {
    private final Map<String, EngineCounts> engines = new LinkedHashMap<>();
    private final LongAdder searches = new LongAdder();
    private final LongAdder allFailed = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** @param engines their names */
    SearchCounts(List<String> engines) {
        engines.forEach(engine -> this.engines.put(engine, new EngineCounts(engine)));
    }

    /** Counts a search in which at least one engine was asked. */
    void add(List<EngineOutcome> outcomes, Instant now) {
        searches.increment();
        if (outcomes.stream().allMatch(outcome -> outcome.failure().isPresent())) {
            allFailed.increment();
        }
        for (EngineOutcome outcome : outcomes) {
            EngineCounts counts = engines.get(outcome.engine());
            if (counts != null) {
                counts.add(outcome, now);
            }
        }
    }

    /** Counts results that were kept from a model. */
    void addDropped(int results) {
        dropped.add(results);
    }

    SearchReport report() {
        return new SearchReport(
                searches.sum(),
                allFailed.sum(),
                dropped.sum(),
                engines.values().stream().map(EngineCounts::report).toList(),
                Optional.empty());
    }
}
