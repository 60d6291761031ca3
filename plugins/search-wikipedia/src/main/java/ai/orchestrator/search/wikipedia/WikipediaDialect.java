package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.Dates;
import ai.orchestrator.search.http.Dialect;
import ai.orchestrator.search.http.Hits;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What the API is asked and what it says. */
record WikipediaDialect(WikipediaRequests requests) implements Dialect {
    static final String SERVICE = "Wikipedia";

    @Override
    public String service() {
        return SERVICE;
    }

    /** What an encyclopedia says of a matter hardly changes in a day. */
    @Override
    public Duration resultsStayGood() {
        return Duration.ofDays(1);
    }

    @Override
    public Optional<Request> request(SearchQuery query) {
        return requests.request(query);
    }

    @Override
    public List<SearchHit> hits(Reply reply, int limit) {
        if (reply.status() != 200) {
            throw WikipediaRefusals.of(reply);
        }
        JsonNode answer = reply.json(SERVICE);
        if (answer.has("error")) {
            throw WikipediaRefusals.of(reply, answer.path("error"));
        }
        if (!answer.path("query").isObject() && !answer.path("batchcomplete").asBoolean()) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "The answer is not one of MediaWiki's: url may not be its api.php.");
        }
        return results(reply, answer.path("query")).stream().limit(limit).toList();
    }

    /** The results in either form; where nothing was found, there is neither. */
    private static List<SearchHit> results(Reply reply, JsonNode query) {
        if (query.path("search").isArray()) {
            return query.path("search")
                    .valueStream()
                    .map(result -> match(reply.url(), result))
                    .flatMap(Optional::stream)
                    .toList();
        }
        return query.path("pages")
                .valueStream()
                .sorted(Comparator.comparingInt(page -> page.path("index").asInt(Integer.MAX_VALUE)))
                .map(WikipediaDialect::article)
                .flatMap(Optional::stream)
                .toList();
    }

    /** A result of the list, which has no address. */
    private static Optional<SearchHit> match(HttpUrl api, JsonNode result) {
        if (!result.path("pageid").isIntegralNumber()) {
            return Optional.empty();
        }
        String address = api.newBuilder()
                .encodedPath("/")
                .query(null)
                .addQueryParameter("curid", result.path("pageid").asText())
                .toString();
        return Hits.hit(
                TextNode.valueOf(address),
                result.path("title"),
                result.path("snippet").asText(""),
                Dates.read(result.path("timestamp").asText("")),
                OptionalDouble.empty());
    }

    private static Optional<SearchHit> article(JsonNode page) {
        return Hits.hit(
                page.path("fullurl"),
                page.path("title"),
                page.path("extract").asText(""),
                Optional.empty(),
                OptionalDouble.empty());
    }
}
