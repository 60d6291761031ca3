package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.search.http.PlainText;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Makes hits of an instance's reply, or says why it is none. */
final class ReplyReader {
    private static final int MOST_ENGINES_NAMED = 5;

    private ReplyReader() {}

    /**
     * The best hits of a reply.
     *
     * @throws PluginFailure if the reply is a refusal or not what SearXNG says
     */
    static List<SearchHit> hits(Reply reply, int limit) {
        if (reply.status() != 200) {
            throw SearxngRefusals.of(reply);
        }
        JsonNode answer = reply.json(SearxngDialect.SERVICE);
        JsonNode results = answer.path("results");
        if (!results.isArray()) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "The answer has no results in it: url may not be a SearXNG instance.");
        }
        if (results.isEmpty() && !answer.path("unresponsive_engines").isEmpty()) {
            throw new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE,
                    "None of SearXNG's engines answered (" + reasons(answer.path("unresponsive_engines")) + ").");
        }
        List<SearchHit> hits = new ArrayList<>();
        results.forEach(result -> ResultReader.hit(result).ifPresent(hits::add));
        // SearXNG ranks by score and then groups by category, for its page
        hits.sort(Comparator.comparingDouble(hit -> -hit.score().orElse(0)));
        return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
    }

    private static String reasons(JsonNode engines) {
        return engines.valueStream()
                .limit(MOST_ENGINES_NAMED)
                .map(engine -> PlainText.of(engine.path(0).asText("")) + ": "
                        + PlainText.of(engine.path(1).asText("no reason given")))
                .map(reason -> PlainText.shorten(reason, 80))
                .collect(Collectors.joining(", "));
    }
}
