package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.orchestration.WebSearch;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /api/experimental/web_search}, answered by the configured engines. */
final class WebSearchEndpoint implements Endpoint {
    private static final int DEFAULT_RESULTS = 5;
    private static final int MAX_RESULTS = 10;
    private static final int MAX_LENGTH = 10_000;

    private final CloudStatus cloud;
    private final WebSearch search;
    private final long maxBodyBytes;

    WebSearchEndpoint(CloudStatus cloud, WebSearch search, long maxBodyBytes) {
        this.cloud = cloud;
        this.search = search;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("WebSearchRequest");
        String query = body.text("query");
        int wanted = body.integer("max_results").orElse(0);
        if (cloud.disabled()) {
            throw new HttpProblem(403, "ollama cloud is disabled: web search is unavailable");
        }
        if (query.isBlank()) {
            throw HttpProblem.badRequest("query is required");
        }
        if (query.length() > MAX_LENGTH) {
            throw HttpProblem.badRequest("query must not be longer than " + MAX_LENGTH + " characters");
        }
        if (!search.searchable(query)) {
            throw HttpProblem.badRequest(
                    "nothing of query can be searched for: without addresses and secrets it has no letter and no digit");
        }
        if (wanted < 0) {
            throw HttpProblem.badRequest("max_results must be between 1 and " + MAX_RESULTS);
        }
        // what asks in this way is a model's tool
        WebSearch.Report report =
                search.searchForModel(query, wanted == 0 ? DEFAULT_RESULTS : Math.min(wanted, MAX_RESULTS));
        ReplyHeaders.addSearch(
                exchange.response(), report.summary(report.results().size()));
        requireAnEngine(report);
        exchange.sendJson(JsonText.of(json -> write(json, report)));
    }

    private static void requireAnEngine(WebSearch.Report report) {
        if (report.engines().isEmpty()) {
            throw new HttpProblem(503, "web search is unavailable: no search engine could be asked");
        }
        Optional<WebSearch.EngineOutcome> first = report.engines().stream().findFirst();
        if (report.failed()) {
            throw new HttpProblem(
                    502,
                    "web search failed: "
                            + first.flatMap(WebSearch.EngineOutcome::failure).orElse("no engine answered"));
        }
    }

    private static void write(JsonGenerator json, WebSearch.Report report) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("results");
        for (WebSearch.Result result : report.results()) {
            json.writeStartObject();
            json.writeStringField("title", result.title());
            json.writeStringField("url", result.url());
            json.writeStringField("content", result.snippet());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
