package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.Dates;
import ai.orchestrator.search.http.Dialect;
import ai.orchestrator.search.http.Hits;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.Request;

/** What the service is asked and what it says. */
record BraveDialect(BraveRequests requests) implements Dialect {
    static final String SERVICE = "Brave";

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
            throw BraveRefusals.of(reply);
        }
        JsonNode answer = reply.json(SERVICE);
        JsonNode results = answer.path("web").path("results");
        if (!results.isArray() && !answer.path("query").isObject()) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "The answer is not one of Brave's: url may not be its search.");
        }
        // the whole block is missing where nothing was found
        return results.valueStream()
                .map(BraveDialect::hit)
                .flatMap(Optional::stream)
                .limit(limit)
                .toList();
    }

    private static Optional<SearchHit> hit(JsonNode result) {
        StringBuilder snippet = new StringBuilder(result.path("description").asText(""));
        result.path("extra_snippets").forEach(extra -> snippet.append(' ').append(extra.asText("")));
        return Hits.hit(
                result.path("url"),
                result.path("title"),
                snippet.toString(),
                Dates.read(result.path("page_age").asText(""))
                        .or(() -> Dates.read(result.path("age").asText(""))),
                OptionalDouble.empty());
    }
}
