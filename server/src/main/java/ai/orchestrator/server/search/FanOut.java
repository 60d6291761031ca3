package ai.orchestrator.server.search;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.server.orchestration.WebSearch.EngineOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks all engines at once and takes what has arrived when the deadline passes; the late ones are interrupted. */
final class FanOut {
    /**
     * What one engine found, and how it did.
     *
     * @param goodFor how much longer that is worth something
     */
    record Answer(EngineOutcome outcome, List<Sighting> sightings, Duration goodFor) {}

    private record Admission(GuardedEngine engine, Optional<EngineCache.Found> remembered, Optional<Duration> leftOut) {
        static Admission of(GuardedEngine engine, SearchQuery query) {
            Optional<EngineCache.Found> remembered = engine.remembered(query);
            return new Admission(engine, remembered, remembered.isPresent() ? Optional.empty() : engine.enter());
        }

        boolean asks() {
            return remembered.isEmpty() && leftOut.isEmpty();
        }
    }

    private record Ended(List<Hit> hits, @Nullable Throwable thrown, Duration took) {}

    private final List<GuardedEngine> engines;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("search-", 0).factory());

    FanOut(List<GuardedEngine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** One answer for each engine, in their order. */
    List<Answer> ask(SearchQuery query) {
        List<Admission> admissions =
                engines.stream().map(engine -> Admission.of(engine, query)).toList();
        List<Callable<Ended>> calls = admissions.stream()
                .filter(Admission::asks)
                .map(admission -> call(admission.engine(), query))
                .toList();
        List<Answer> answers = new ArrayList<>();
        try {
            Iterator<Future<Ended>> ended = threads.invokeAll(
                            calls, query.deadline().toNanos(), TimeUnit.NANOSECONDS)
                    .iterator();
            for (Admission admission : admissions) {
                answers.add(admission.asks() ? settle(admission.engine(), ended.next(), query) : unasked(admission));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return engines.stream()
                    .map(engine -> failure(engine, Duration.ZERO, "the search was cancelled"))
                    .toList();
        }
    }

    /** A call that never throws: a plugin may throw anything for all that we know. */
    private static Callable<Ended> call(GuardedEngine engine, SearchQuery query) {
        long start = System.nanoTime();
        return () -> {
            try {
                List<Hit> hits = engine.search(query);
                return new Ended(hits, null, Duration.ofNanos(System.nanoTime() - start));
            } catch (Throwable thrown) {
                return new Ended(List.of(), thrown, Duration.ofNanos(System.nanoTime() - start));
            }
        };
    }

    private static Answer unasked(Admission admission) {
        GuardedEngine engine = admission.engine();
        return admission
                .remembered()
                .map(found -> new Answer(
                        new EngineOutcome(engine.name(), found.hits().size(), Duration.ZERO, Optional.empty(), true),
                        sightings(engine, found.hits()),
                        found.goodFor()))
                .orElseGet(() -> failure(
                        engine,
                        Duration.ZERO,
                        "it is left out for another "
                                + (admission.leftOut().orElseThrow().toSeconds() + 1) + " s, since it failed: "
                                + engine.lastFailure()));
    }

    private static List<Sighting> sightings(GuardedEngine engine, List<Hit> hits) {
        return hits.stream().map(hit -> new Sighting(hit, engine.weight())).toList();
    }

    private static Answer settle(GuardedEngine engine, Future<Ended> call, SearchQuery query) {
        Duration deadline = query.deadline();
        if (call.isCancelled()) {
            String sentence = "no answer within " + deadline.toMillis() + " ms";
            return failed(engine, deadline, new PluginFailure.Retriable(FailureCode.TIMEOUT, sentence));
        }
        Ended ended = call.resultNow();
        return switch (ended.thrown()) {
            case null -> {
                engine.answered(query, ended.hits());
                int found = ended.hits().size();
                yield new Answer(
                        new EngineOutcome(engine.name(), found, ended.took(), Optional.empty()),
                        sightings(engine, ended.hits()),
                        engine.resultsStayGood());
            }
            case GuardedEngine.BusyException busy -> failure(engine, ended.took(), String.valueOf(busy.getMessage()));
            case PluginFailure failure -> failed(engine, ended.took(), failure);
            case Throwable fault -> {
                String sentence =
                        "it failed in an unexpected way (" + fault.getClass().getSimpleName() + ")";
                yield failed(engine, ended.took(), new PluginFailure.Permanent(FailureCode.INTERNAL, sentence));
            }
        };
    }

    private static Answer failed(GuardedEngine engine, Duration took, PluginFailure failure) {
        engine.failed(failure);
        return failure(engine, took, failure.getMessage());
    }

    private static Answer failure(GuardedEngine engine, Duration took, String sentence) {
        return new Answer(new EngineOutcome(engine.name(), 0, took, Optional.of(sentence)), List.of(), Duration.ZERO);
    }
}
