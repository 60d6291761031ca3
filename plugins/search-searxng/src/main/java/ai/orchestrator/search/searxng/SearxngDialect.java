package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.Dialect;
import ai.orchestrator.search.http.Reply;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;

/** What an instance is asked and what it says. */
record SearxngDialect(SearxngRequests requests) implements Dialect {
    static final String SERVICE = "SearXNG";

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
        return ReplyReader.hits(reply, limit);
    }
}
