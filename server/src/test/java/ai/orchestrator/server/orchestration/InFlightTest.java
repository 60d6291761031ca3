package ai.orchestrator.server.orchestration;

import static ai.orchestrator.server.orchestration.Fakes.FINISHED;
import static ai.orchestrator.server.orchestration.Fakes.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ModelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final Fakes.Pipeline pipeline = new Fakes.Pipeline();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void oneAnswerTooManyIsRefusedButNotWhoJoinsOneOrTheNextOne() throws Exception {
        CountDownLatch running = new CountDownLatch(Fakes.Pipeline.MOST);
        CountDownLatch release = new CountDownLatch(1);
        pipeline.caller.script = (request, events) -> {
            running.countDown();
            await(release);
            events.emit(new ModelEvent.Text("slow"));
            events.emit(FINISHED);
        };
        List<Future<Fakes.Sink>> answers = new ArrayList<>();
        for (int i = 0; i < Fakes.Pipeline.MOST; i++) {
            String question = "question " + i;
            answers.add(clients.submit(() -> pipeline.answer(ask("small", question))));
        }
        await(running);

        assertThatThrownBy(() -> pipeline.answer(ask("small", "one too many")))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
                })
                .hasMessage("server busy, please try again.  maximum pending requests exceeded");
        answers.add(clients.submit(() -> pipeline.answer(ask("small", "question 0"))));
        release.countDown();
        for (Future<Fakes.Sink> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS).text()).isEqualTo("slow");
        }
        assertThat(pipeline.answer(ask("small", "one too many")).text()).isEqualTo("slow");
    }

    @Test
    void failedAnswersLeaveRoom() {
        pipeline.caller.script = (request, events) -> {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "broken");
        };
        for (int i = 0; i <= Fakes.Pipeline.MOST; i++) {
            assertThatThrownBy(() -> pipeline.answer(ask("small", "hello"))).hasMessage("broken");
        }
    }

    @Test
    void whoJoinsAnAnswerIsToldItsSources() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        pipeline.complexity = Complexity.MEDIUM;
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("early"));
            await(release);
            events.emit(FINISHED);
        };
        AtomicInteger early = new AtomicInteger();
        List<Future<Fakes.Sink>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            answers.add(clients.submit(() -> {
                Fakes.Sink sink = new Fakes.Sink() {
                    @Override
                    public void event(ModelEvent event) {
                        super.event(event);
                        if (event instanceof ModelEvent.Text && early.incrementAndGet() == 2) {
                            release.countDown();
                        }
                    }
                };
                pipeline.orchestrator.answer(ask("auto", "needs facts"), sink);
                return sink;
            }));
        }

        List<AnswerStart> starts = new ArrayList<>();
        for (Future<Fakes.Sink> answer : answers) {
            starts.add(answer.get(30, TimeUnit.SECONDS).starts.getFirst());
        }
        assertThat(starts)
                .extracting(AnswerStart::cache)
                .containsExactlyInAnyOrder(CacheStatus.MISS, CacheStatus.SHARED);
        assertThat(starts)
                .allSatisfy(start -> assertThat(start.sources()).containsExactly(new Source(1, "doc:a", "A")));
    }

    @Test
    void identicalRequestsShareOneCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("early "));
            await(release);
            events.emit(new ModelEvent.Text("late"));
            events.emit(FINISHED);
        };

        AtomicInteger early = new AtomicInteger();
        List<Future<Fakes.Sink>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(clients.submit(() -> {
                Fakes.Sink sink = new Fakes.Sink() {
                    @Override
                    public void event(ModelEvent event) {
                        super.event(event);
                        if (event.equals(new ModelEvent.Text("early ")) && early.incrementAndGet() == 200) {
                            release.countDown(); // everybody has read what came before they joined
                        }
                    }
                };
                pipeline.orchestrator.answer(ask("small", "hello"), sink);
                return sink;
            }));
        }

        List<CacheStatus> statuses = new ArrayList<>();
        for (Future<Fakes.Sink> answer : answers) {
            Fakes.Sink sink = answer.get(30, TimeUnit.SECONDS);
            assertThat(sink.text()).isEqualTo("early late");
            statuses.add(sink.starts.getFirst().cache());
        }
        assertThat(pipeline.caller.calls).hasSize(1);
        assertThat(statuses).filteredOn(CacheStatus.MISS::equals).hasSize(1);
        assertThat(statuses).filteredOn(CacheStatus.SHARED::equals).hasSize(199);
    }

    @Test
    void goesOnForTheOthersWhenTheFirstClientLeaves() throws Exception {
        CountDownLatch joined = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("one "));
            await(left);
            events.emit(new ModelEvent.Text("two"));
            events.emit(FINISHED);
        };
        Future<?> first = clients.submit(() -> pipeline.orchestrator.answer(ask("small", "hello"), new Fakes.Sink() {
            @Override
            public void event(ModelEvent event) {
                await(joined);
                throw new PluginFailure.Cancelled();
            }
        }));
        Fakes.Sink second = new Fakes.Sink() {
            @Override
            public void event(ModelEvent event) {
                super.event(event);
                joined.countDown();
            }
        };
        while (pipeline.caller.calls.isEmpty()) {
            Thread.onSpinWait();
        }
        Future<?> other = clients.submit(() -> pipeline.orchestrator.answer(ask("small", "hello"), second));

        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PluginFailure.Cancelled.class);
        left.countDown();
        other.get(30, TimeUnit.SECONDS);
        assertThat(second.text()).isEqualTo("one two");
        assertThat(pipeline.cache.answers).hasSize(1);
    }

    @Test
    void stopsWhenNobodyListensAnyMore() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean refused = new AtomicBoolean();
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("one"));
            CountDownLatch cancelled = new CountDownLatch(1);
            events.onCancel(cancelled::countDown);
            await(cancelled);
            try {
                events.emit(new ModelEvent.Text("two"));
            } catch (PluginFailure.Cancelled e) {
                refused.set(true);
                throw e;
            } finally {
                stopped.countDown();
            }
        };
        Fakes.Sink leaving = new Fakes.Sink() {
            @Override
            public void event(ModelEvent event) {
                throw new PluginFailure.Cancelled();
            }
        };

        assertThatThrownBy(() -> pipeline.orchestrator.answer(ask("small", "hello"), leaving))
                .isInstanceOf(PluginFailure.Cancelled.class);
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused).isTrue();
        assertThat(pipeline.cache.answers).isEmpty();
        assertThat(pipeline.counts.failures).containsExactly(true);
    }

    @Test
    void aFailureReachesEverybodyAndTheNextRequestStartsAnew() {
        pipeline.caller.script = (request, events) -> {
            throw new PluginFailure.Retriable(FailureCode.OVERLOADED, "busy");
        };
        assertThatThrownBy(() -> pipeline.answer(ask("small", "hello"))).hasMessage("busy");

        pipeline.caller.script = new Fakes.Caller().script;
        assertThat(pipeline.answer(ask("small", "hello")).text()).isEqualTo("Hi!");
    }

    @Test
    void anAnswerThatLandedSinceTheCacheWasAskedIsLookedForAgain() throws Exception {
        InFlight inFlight = new InFlight(100);
        RequestFingerprint request = new RequestFingerprint(new CacheKey(1, 1), new byte[] {1});
        long before = inFlight.landed();
        Ended end = new Ended(Optional.empty(), Duration.ZERO);
        InFlight.Seat first =
                inFlight.join(request, before, flight -> flight.complete(end)).orElseThrow();
        first.flight().follow(new Fakes.Sink(), known -> {
            throw new AssertionError();
        });
        while (inFlight.landed() == before) {
            Thread.onSpinWait();
        }

        assertThat(inFlight.join(new RequestFingerprint(new CacheKey(2, 2), new byte[] {2}), before, flight -> {}))
                .isEmpty();
        assertThat(inFlight.join(request, inFlight.landed(), flight -> flight.complete(end)))
                .isPresent();
    }

    @Test
    void nobodyJoinsAnAnswerThatSomebodyHasHadInFull() throws Exception {
        InFlight inFlight = new InFlight(1);
        RequestFingerprint request = new RequestFingerprint(new CacheKey(1, 1), new byte[] {1});
        Ended end = new Ended(Optional.empty(), Duration.ZERO);
        CountDownLatch cleansUp = new CountDownLatch(1);
        long before = inFlight.landed();
        InFlight.Seat first = inFlight.join(request, before, flight -> {
                    flight.complete(end);
                    await(cleansUp);
                })
                .orElseThrow();
        first.flight().follow(new Fakes.Sink(), known -> {
            throw new AssertionError();
        });

        assertThat(inFlight.join(request, before, flight -> {})).isEmpty();
        assertThat(inFlight.join(request, inFlight.landed(), flight -> flight.complete(end)))
                .hasValueSatisfying(seat -> assertThat(seat.joined()).isFalse());
        cleansUp.countDown();
    }

    @Test
    void anAnswerThatCannotBeStoredIsStillGiven() {
        pipeline.cache.broken = true;

        assertThat(pipeline.answer(ask("small", "hello")).text()).isEqualTo("Hi!");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
