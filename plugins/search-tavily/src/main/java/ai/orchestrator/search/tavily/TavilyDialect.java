package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.Dates;
import ai.orchestrator.search.http.Dialect;
import ai.orchestrator.search.http.Hits;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;

/** What the service is asked and what it says. */
record TavilyDialect(TavilyRequests requests, TavilyRefusals refusals) implements Dialect {
    static final String SERVICE = "Tavily";

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public Optional<Request> request(SearchQuery query) {
        return requests.request(query);
    }

    @Override
    public List<SearchHit> hits(Reply reply, int limit) {
        if (reply.status() != 200) {
            throw refusals.of(reply);
        }
        JsonNode results = reply.json(SERVICE).path("results");
        if (!results.isArray()) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "The answer has no results in it: url may not be Tavily's search.");
        }
        return results.valueStream()
                .map(TavilyDialect::hit)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(hit -> -hit.score().orElse(0)))
                .limit(limit)
                .toList();
    }

    private static Optional<SearchHit> hit(JsonNode result) {
        return Hits.hit(
                result.path("url"),
                result.path("title"),
                result.path("content").asText(""),
                Dates.read(result.path("published_date").asText("")),
                Hits.score(result.path("score")));
    }
}
