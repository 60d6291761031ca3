package ai.orchestrator.server.search;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.plugin.search.TextReranker.Scores;
import ai.orchestrator.server.search.rerank.Relevance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reranker that the operator names, left out for a while after it failed. A search without its scores is ranked as if there were none. */
public final class NamedReranker implements Relevance {
    private static final Logger LOG = LoggerFactory.getLogger(NamedReranker.class);
    private static final Duration TRIAL = Duration.ofSeconds(5);

    /** Also the most threads that one can hold for ever which neither answers nor heeds an interrupt. */
    private static final int MAX_CALLS = 8;

    private final String name;
    private final TextReranker reranker;
    private final BiConsumer<String, BigDecimal> bill;
    private final Breaker breaker;
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final LongAdder asked = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /**
     * One that has not failed yet.
     *
     * @param bill told the name and what a call cost, in US dollars
     */
    public NamedReranker(String name, TextReranker reranker, BiConsumer<String, BigDecimal> bill) {
        this(name, reranker, bill, System::nanoTime);
    }

    NamedReranker(String name, TextReranker reranker, BiConsumer<String, BigDecimal> bill, LongSupplier nanoClock) {
        this.name = name;
        this.reranker = reranker;
        this.bill = bill;
        this.breaker = new Breaker(name, TRIAL, nanoClock);
    }

    /**
     * How a reranker has done since the start.
     *
     * @param failures of the calls
     */
    public record Report(String name, long calls, long failures) {}

    /** How it has done since the start. */
    public Report report() {
        return new Report(name, asked.sum(), failures.sum());
    }

    @Override
    public Optional<List<Double>> of(String query, List<String> texts, Duration within) {
        if (!within.isPositive() || breaker.enter().isPresent() || !calls.tryAcquire()) {
            return Optional.empty();
        }
        asked.increment();
        // interrupted and never cancelled, since a call that is cancelled before it begins would keep its permit
        FutureTask<Scores> call = new FutureTask<>(() -> {
            try {
                return scores(query, texts, within);
            } finally {
                calls.release();
            }
        });
        Thread thread = Thread.ofVirtual().name("reranker").start(call);
        try {
            Scores scores = call.get(within.toNanos(), TimeUnit.NANOSECONDS);
            breaker.succeeded();
            return Optional.of(scores.values());
        } catch (TimeoutException e) {
            failed(new PluginFailure.Retriable(FailureCode.TIMEOUT, "no scores within " + within.toMillis() + " ms"));
        } catch (ExecutionException e) {
            failed(failure(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.interrupt();
        }
        return Optional.empty();
    }

    /** Billed as soon as it is known to have cost something, even if nobody waits for the scores any more. */
    private Scores scores(String query, List<String> texts, Duration within) {
        Scores scores = reranker.score(query, texts, within);
        scores.costUsd().ifPresent(cost -> bill.accept(name, cost));
        boolean whole = scores.values().size() == texts.size()
                && scores.values().stream().allMatch(Double::isFinite);
        if (!whole) {
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "it did not score each text");
        }
        return scores;
    }

    private static PluginFailure failure(Throwable thrown) {
        if (thrown instanceof PluginFailure failure) {
            return failure;
        }
        LOG.error("a reranker failed in an unexpected way", thrown);
        return new PluginFailure.Permanent(
                FailureCode.INTERNAL,
                "it failed in an unexpected way (" + thrown.getClass().getSimpleName() + ")");
    }

    private void failed(PluginFailure failure) {
        failures.increment();
        LOG.debug("{}: {}", name, failure.getMessage());
        breaker.failed(failure.code(), failure.retryAfter(), failure.getMessage());
    }
}
