package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.orchestration.WebSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /api/search}. */
final class SearchEndpoint implements Endpoint {
    private static final int DEFAULT_RESULTS = 5;
    private static final int MAX_RESULTS = 50;
    private static final int MAX_QUERY = 10_000;

    private final WebSearch webSearch;
    private final long maxBody;

    SearchEndpoint(WebSearch webSearch, long maxBody) {
        this.webSearch = webSearch;
        this.maxBody = maxBody;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBody).members();
        String query = body.text("query").strip();
        if (query.isEmpty()) {
            throw HttpProblem.badRequest("'query' is required");
        }
        if (query.length() > MAX_QUERY) {
            throw HttpProblem.badRequest("'query' has more than " + MAX_QUERY + " characters");
        }
        int wanted = body.integer("max_results").orElse(DEFAULT_RESULTS);
        if (wanted < 1 || wanted > MAX_RESULTS) {
            throw HttpProblem.badRequest("'max_results' must be 1 to " + MAX_RESULTS);
        }

        WebSearch.Report report = webSearch.search(query, wanted);
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("query", query);
        reply.put(
                "results", report.results().stream().map(SearchEndpoint::result).toList());
        reply.put(
                "engines", report.engines().stream().map(SearchEndpoint::engine).toList());
        reply.put("took_ms", report.took().toMillis());
        exchange.sendJson(JsonTree.of(reply));
    }

    private static Map<String, Object> result(WebSearch.Result result) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("title", result.title());
        shown.put("url", result.url());
        shown.put("snippet", result.snippet());
        shown.put("score", result.score());
        shown.put("engines", List.copyOf(result.engines()));
        result.publishedAt().ifPresent(at -> shown.put("published_at", at.toString()));
        return shown;
    }

    private static Map<String, Object> engine(WebSearch.EngineOutcome outcome) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("engine", outcome.engine());
        shown.put("results", outcome.results());
        shown.put("ms", outcome.took().toMillis());
        outcome.failure().ifPresent(failure -> shown.put("error", failure));
        return shown;
    }
}
