package ai.orchestrator.search.http;

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

/** Asks a service over HTTP. Its health is how the last search went, so that only searches are ever sent. */
public final class HttpSearchEngine implements SearchEngine {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSearchEngine.class);
    private static final int MOST_AT_ONCE = 64;

    private final String name;
    private final Dialect dialect;
    private final Fetcher fetcher;
    private final Duration timeout;
    private final AtomicReference<Health> health = new AtomicReference<>(Health.up());
    private volatile boolean closed;

    /**
     * An engine that calls as often at once as it is asked.
     *
     * @param name the service's name in logs
     * @param timeout longest time for one search, where the query's deadline is not shorter
     */
    public HttpSearchEngine(String name, Dialect dialect, Duration timeout) {
        this(name, dialect, timeout, MOST_AT_ONCE);
    }

    /** @param mostAtOnce calls under way; more wait for their turn within their own deadlines */
    public HttpSearchEngine(String name, Dialect dialect, Duration timeout, int mostAtOnce) {
        this.name = name;
        this.dialect = dialect;
        this.fetcher = new Fetcher(dialect.service(), mostAtOnce);
        this.timeout = timeout;
    }

    @Override
    public List<SearchHit> search(SearchQuery query) {
        if (closed) {
            throw new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE, "The engine for " + dialect.service() + " has been closed.");
        }
        if (!query.deadline().isPositive()) {
            throw new PluginFailure.Retriable(
                    FailureCode.TIMEOUT, "There was no time left to ask " + dialect.service() + ".");
        }
        Duration deadline = query.deadline().compareTo(timeout) < 0 ? query.deadline() : timeout;
        Optional<Request> request = dialect.request(query);
        if (request.isEmpty()) {
            return List.of();
        }
        try {
            List<SearchHit> hits = dialect.hits(fetcher.fetch(request.get(), deadline), query.limit());
            becomes(Health.up());
            return hits;
        } catch (PluginFailure failure) {
            if (failure.code() != FailureCode.INVALID_REQUEST
                    && !Thread.currentThread().isInterrupted()) {
                becomes(
                        failure instanceof PluginFailure.Permanent
                                ? Health.down(failure.getMessage())
                                : Health.degraded(failure.getMessage()));
            }
            throw failure;
        }
    }

    @Override
    public Duration resultsStayGood() {
        return dialect.resultsStayGood();
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
            LOG.info("search {}: {} answers again", name, dialect.service());
        } else {
            LOG.warn("search {}: {}", name, now.detail());
        }
    }
}
