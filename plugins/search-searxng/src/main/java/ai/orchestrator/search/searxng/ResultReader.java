package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.search.http.Dates;
import ai.orchestrator.search.http.Hits;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads one element of {@code results}, whose fields may all be missing, null or of another type. */
final class ResultReader {
    private ResultReader() {}

    /** The hit, or empty if it has no web address. */
    static Optional<SearchHit> hit(JsonNode result) {
        return Hits.hit(
                result.path("url"),
                result.path("title"),
                result.path("content").asText(""),
                Dates.read(result.path("publishedDate").asText(""))
                        .or(() -> Dates.read(result.path("pubdate").asText(""))),
                Hits.score(result.path("score")));
    }
}
