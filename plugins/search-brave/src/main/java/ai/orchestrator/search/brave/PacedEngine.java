package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import java.time.Duration;
import java.util.List;

/** Has each search wait for its turn, for half of its time at most. */
final class PacedEngine implements SearchEngine {
    private final SearchEngine engine;
    private final Pace pace;

    PacedEngine(SearchEngine engine, Pace pace) {
        this.engine = engine;
        this.pace = pace;
    }

    @Override
    public List<SearchHit> search(SearchQuery query) {
        if (!query.deadline().isPositive()) {
            return engine.search(query);
        }
        Duration wait = pace.take(query.deadline().dividedBy(2));
        if (wait.isZero()) {
            return engine.search(query);
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "The search was interrupted.", e);
        }
        return engine.search(new SearchQuery(
                query.text(),
                query.limit(),
                query.language(),
                query.freshness(),
                query.deadline().minus(wait)));
    }

    @Override
    public Health health() {
        return engine.health();
    }

    @Override
    public void close() {
        engine.close();
    }
}
