package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a SearXNG instance. Its health is how the last search went, so that only searches are ever sent to the instance. */
final class SearxngEngine implements SearchEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SearxngEngine.class);

    private final String name;
    private final SearxngRequests requests;
    private final Fetcher fetcher;
    private final Duration timeout;
    private final AtomicReference<Health> health = new AtomicReference<>(Health.up());
    private volatile boolean closed;

    SearxngEngine(String name, SearxngRequests requests, Fetcher fetcher, Duration timeout) {
        this.name = name;
        this.requests = requests;
        this.fetcher = fetcher;
        this.timeout = timeout;
    }

    @Override
    public List<SearchHit> search(SearchQuery query) {
        if (closed) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The SearXNG engine has been closed.");
        }
        if (!query.deadline().isPositive()) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "There was no time left to ask SearXNG.");
        }
        Duration deadline = query.deadline().compareTo(timeout) < 0 ? query.deadline() : timeout;
        Optional<Request> request = requests.request(query);
        if (request.isEmpty()) {
            return List.of();
        }
        try {
            List<SearchHit> hits = ReplyReader.hits(fetcher.fetch(request.get(), deadline), query.limit());
            becomes(Health.up());
            return hits;
        } catch (PluginFailure failure) {
            if (failure.code() != FailureCode.INVALID_REQUEST
                    && !Thread.currentThread().isInterrupted()) {
                becomes(Health.degraded(failure.getMessage()));
            }
            throw failure;
        }
    }

    @Override
    public Health health() {
        return health.get();
    }

    @Override
    public void close() {
        closed = true;
        fetcher.close();
    }

    private void becomes(Health now) {
        Health before = health.getAndSet(now);
        if (before.state() == now.state() || closed) {
            return;
        }
        if (now.state() == Health.State.UP) {
            LOG.info("search {}: SearXNG answers again", name);
        } else {
            LOG.warn("search {}: {}", name, now.detail());
        }
    }
}
