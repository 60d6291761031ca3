package ai.orchestrator.search.http;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;

/** How one service is asked, and what its replies mean. */
public interface Dialect {
    /** What the service is called in messages, such as {@code SearXNG}. */
    String service();

    /** As {@link ai.orchestrator.plugin.search.SearchEngine#resultsStayGood}. */
    default Duration resultsStayGood() {
        return Duration.ofMinutes(10);
    }

    /** The request, or empty if the query holds nothing that the service could look for. */
    Optional<Request> request(SearchQuery query);

    /**
     * The best hits first.
     *
     * @param reply of any status
     * @param limit most hits wanted
     * @throws ai.orchestrator.plugin.PluginFailure if the reply is a refusal or no answer
     */
    List<SearchHit> hits(Reply reply, int limit);
}
