package ai.orchestrator.server.search;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** An engine behind its cache and its breaker, called by so many at once and no more. */
final class GuardedEngine {
    /** Also the most threads that an engine can hold for ever which neither answers nor heeds an interrupt. */
    private static final int MAX_CALLS = 8;

    /** The call did not get its turn, which says nothing about the engine. */
    static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BusyException() {
            super(MAX_CALLS + " searches are running in this engine already");
        }
    }

    private final NamedEngine named;
    private final Breaker breaker;
    private final EngineCache cache;
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private volatile String lastFailure = "";

    GuardedEngine(NamedEngine named, EngineCache cache, Duration deadline, LongSupplier nanoClock) {
        this.named = named;
        this.cache = cache;
        this.breaker = new Breaker(named.name(), deadline, nanoClock);
    }

    String name() {
        return named.name();
    }

    double weight() {
        return named.weight();
    }

    Duration resultsStayGood() {
        return named.engine().resultsStayGood();
    }

    /** What it found for the query a short while ago. One that needs no network is quick, and its documents may have changed. */
    Optional<EngineCache.Found> remembered(SearchQuery query) {
        return named.engine().isLocal() ? Optional.empty() : cache.find(name(), query);
    }

    /** As {@link Breaker#enter}: whoever is let in tells how it ended by one of the two methods below. */
    Optional<Duration> enter() {
        return breaker.enter();
    }

    void answered(SearchQuery query, List<Hit> hits) {
        breaker.succeeded();
        if (!named.engine().isLocal()) {
            cache.keep(name(), query, hits, resultsStayGood());
        }
    }

    /** Why it failed last. */
    String lastFailure() {
        return lastFailure;
    }

    void failed(PluginFailure failure) {
        lastFailure = failure.getMessage();
        breaker.failed(failure.code(), failure.retryAfter(), failure.getMessage());
    }

    /** Calls the engine; waits for at most a quarter of the deadline until it may. */
    List<Hit> search(SearchQuery query) throws InterruptedException {
        if (!calls.tryAcquire(query.deadline().toNanos() / 4, TimeUnit.NANOSECONDS)) {
            throw new BusyException();
        }
        try {
            return Hit.of(name(), named.engine().search(query), query.limit());
        } finally {
            calls.release();
        }
    }
}
