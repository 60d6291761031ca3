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
    /** What one engine found, and how it did. */
    record Answer(EngineOutcome outcome, List<Hit> hits) {}

    private record Admission(GuardedEngine engine, Optional<Duration> leftOut) {}

    private record Ended(List<Hit> hits, @Nullable Throwable thrown, Duration took) {}

    private final List<GuardedEngine> engines;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("search-", 0).factory());

    FanOut(List<GuardedEngine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** One answer for each engine, in their order. */
    List<Answer> ask(SearchQuery query) {
        List<Admission> admissions = engines.stream()
                .map(engine -> new Admission(engine, engine.enter()))
                .toList();
        List<Callable<Ended>> calls = admissions.stream()
                .filter(admission -> admission.leftOut().isEmpty())
                .map(admission -> call(admission.engine(), query))
                .toList();
        List<Answer> answers = new ArrayList<>();
        try {
            Iterator<Future<Ended>> ended = threads.invokeAll(
                            calls, query.deadline().toNanos(), TimeUnit.NANOSECONDS)
                    .iterator();
            for (Admission admission : admissions) {
                answers.add(
                        admission.leftOut().isPresent()
                                ? leftOut(
                                        admission.engine(), admission.leftOut().get())
                                : settle(admission.engine(), ended.next(), query.deadline()));
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

    private static Answer leftOut(GuardedEngine engine, Duration pause) {
        return failure(
                engine,
                Duration.ZERO,
                "it failed before and is left out for another " + (pause.toSeconds() + 1) + " s");
    }

    private static Answer settle(GuardedEngine engine, Future<Ended> call, Duration deadline) {
        if (call.isCancelled()) {
            String sentence = "no answer within " + deadline.toMillis() + " ms";
            return failed(engine, deadline, new PluginFailure.Retriable(FailureCode.TIMEOUT, sentence));
        }
        Ended ended = call.resultNow();
        return switch (ended.thrown()) {
            case null -> {
                engine.answered();
                int found = ended.hits().size();
                yield new Answer(new EngineOutcome(engine.name(), found, ended.took(), Optional.empty()), ended.hits());
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
        return new Answer(new EngineOutcome(engine.name(), 0, took, Optional.of(sentence)), List.of());
    }
}
