package ai.orchestrator.server;

import ai.orchestrator.server.search.EngineReport;
import ai.orchestrator.server.search.NamedReranker;
import ai.orchestrator.server.search.SearchReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code /api/stats} shows of searches. */
final class SearchFigures {
    private SearchFigures() {}

    static Map<String, Object> of(SearchReport searches) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("searches", searches.searches());
        shown.put("all_failed", searches.allFailed());
        shown.put("dropped", searches.dropped());
        shown.put(
                "engines",
                searches.engines().stream().map(SearchFigures::engine).toList());
        searches.reranker().ifPresent(reranker -> shown.put("reranker", reranker(reranker)));
        return shown;
    }

    private static Map<String, Object> reranker(NamedReranker.Report reranker) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", reranker.name());
        shown.put("calls", reranker.calls());
        shown.put("failures", reranker.failures());
        return shown;
    }

    private static Map<String, Object> engine(EngineReport engine) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", engine.engine());
        shown.put("searches", engine.searches());
        shown.put("cached", engine.cached());
        shown.put("results", engine.results());
        shown.put("failures", engine.failures());
        engine.lastFailure().ifPresent(failure -> {
            shown.put("last_failure", failure.sentence());
            shown.put("last_failure_at", failure.at().toString());
        });
        return shown;
    }
}
