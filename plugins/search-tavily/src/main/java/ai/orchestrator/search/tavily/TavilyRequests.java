package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.search.http.QueryWords;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Words a query for the service. */
final class TavilyRequests {
    /** In characters; the service wants fewer than 400. */
    private static final int LONGEST_QUERY = 399;

    private static final MediaType JSON = MediaType.get("application/json");

    private final TavilySettings settings;
    private final String userAgent;

    TavilyRequests(TavilySettings settings, String userAgent) {
        this.settings = settings;
        this.userAgent = userAgent;
    }

    /** The request, or empty if the text holds nothing to look for. */
    Optional<Request> request(SearchQuery query) {
        String words = QueryWords.within(QueryWords.of(query.text()), LONGEST_QUERY, Integer.MAX_VALUE);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Request.Builder()
                .url(settings.endpoint())
                .header("User-Agent", userAgent)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.apiKey())
                .post(RequestBody.create(body(query, words).toString(), JSON))
                .build());
    }

    private ObjectNode body(SearchQuery query, String words) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("query", words)
                .put("search_depth", settings.depth())
                .put("topic", settings.topic())
                .put("max_results", Math.min(query.limit(), settings.count()))
                // the service could choose a depth that costs twice as much
                .put("auto_parameters", false);
        settings.chunks().ifPresent(chunks -> body.put("chunks_per_source", chunks));
        settings.country().ifPresent(country -> body.put("country", country));
        put(body, "include_domains", settings.includeDomains());
        put(body, "exclude_domains", settings.excludeDomains());
        if (query.freshness() != Freshness.ANY) {
            body.put("time_range", query.freshness().name().toLowerCase(Locale.ROOT));
        }
        return body;
    }

    private static void put(ObjectNode body, String name, List<String> domains) {
        if (!domains.isEmpty()) {
            domains.forEach(body.putArray(name)::add);
        }
    }
}
