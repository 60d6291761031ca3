package ai.orchestrator.server.orchestration;

import static ai.orchestrator.server.orchestration.Fakes.CLOUD;
import static ai.orchestrator.server.orchestration.Fakes.FINISHED;
import static ai.orchestrator.server.orchestration.Fakes.LOCAL;
import static ai.orchestrator.server.orchestration.Fakes.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Hops;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class OrchestratorTest {
    private final Fakes.Pipeline pipeline = new Fakes.Pipeline();

    @Test
    void answersAfreshThenFromTheCache() {
        Fakes.Sink first = pipeline.answer(ask("small", "hello"));
        Fakes.Sink second = pipeline.answer(ask("small", "hello"));

        assertThat(first.starts).singleElement().satisfies(start -> {
            assertThat(start.cache()).isEqualTo(CacheStatus.MISS);
            assertThat(start.model()).isEqualTo(LOCAL);
            assertThat(start.route()).isEqualTo("as-asked");
        });
        assertThat(second.starts).singleElement().satisfies(start -> {
            assertThat(start.cache()).isEqualTo(CacheStatus.HIT);
            assertThat(start.tier()).contains("memory");
            assertThat(start.age()).contains(Duration.ofSeconds(3));
            assertThat(start.key()).isEqualTo(first.starts.getFirst().key());
        });
        assertThat(second.events).isEqualTo(first.events).endsWith(FINISHED);
        assertThat(second.text()).isEqualTo("Hi!");
        assertThat(pipeline.caller.calls).hasSize(1);
        assertThat(second.ends).singleElement().satisfies(end -> assertThat(end.costUsd())
                .contains(BigDecimal.ZERO));
    }

    @Test
    void countsAnswersWithTheirTokensOnlyWhereAModelWasCalled() {
        pipeline.answer(ask("small", "hello"));
        pipeline.answer(ask("small", "hello"));

        assertThat(pipeline.counts.answered)
                .satisfiesExactly(
                        miss -> {
                            assertThat(miss.cache()).isEqualTo(CacheStatus.MISS);
                            assertThat(miss.promptTokens()).isEqualTo(10);
                            assertThat(miss.completionTokens()).isEqualTo(2);
                            assertThat(miss.saved()).contains(new BigDecimal("0.5"));
                        },
                        hit -> {
                            assertThat(hit.promptTokens()).isZero();
                            assertThat(hit.completionTokens()).isZero();
                            assertThat(hit.saved()).contains(new BigDecimal("0.5"));
                        });
        assertThat(pipeline.ledger.booked).containsExactly("settled " + LOCAL);
    }

    @Test
    void routesAutoByComplexity() {
        assertThat(pipeline.answer(ask("auto", "easy")).starts.getFirst().route())
                .isEqualTo("low");

        pipeline.complexity = Complexity.MEDIUM;
        Fakes.Sink medium = pipeline.answer(ask("auto:latest", "needs facts"));
        assertThat(medium.starts.getFirst().search()).isEqualTo("local=1");
        assertThat(medium.starts.getFirst().sources()).containsExactly(new Source(1, "doc:a", "A"));
        assertThat(pipeline.caller.calls.getLast().prompt()).isEqualTo(Prompt.user("evidence for needs facts"));

        pipeline.complexity = Complexity.HIGH;
        assertThat(pipeline.answer(ask("auto", "hard")).starts.getFirst().model())
                .isEqualTo(CLOUD);
    }

    @Test
    void anAnswerExpiresWithTheEvidenceItWasMadeWith() {
        pipeline.complexity = Complexity.MEDIUM;
        pipeline.answer(ask("auto", "needs facts"));
        assertThat(pipeline.cache.answers.values()).singleElement().satisfies(answer -> {
            assertThat(answer.expiresAt()).contains(Fakes.Search.EXPIRES);
            assertThat(answer.sources()).containsExactly(new Source(1, "doc:a", "A"));
        });

        pipeline.cache.answers.clear();
        pipeline.answer(ask("small", "hello"));
        assertThat(pipeline.cache.answers.values()).singleElement().satisfies(answer -> assertThat(answer.expiresAt())
                .isEmpty());
    }

    @Test
    void anAnswerWithSourcesIsPassedOnAndStoredAsItWasLookedThrough() {
        pipeline.complexity = Complexity.MEDIUM;
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("!"));
            events.emit(new ModelEvent.Text("So it is!."));
            events.emit(FINISHED);
        };
        Fakes.Sink first = pipeline.answer(ask("auto", "needs facts"));
        Fakes.Sink second = pipeline.answer(ask("auto", "needs facts"));

        assertThat(first.events).containsExactly(new ModelEvent.Text("So it is"), new ModelEvent.Text("."), FINISHED);
        assertThat(second.starts.getFirst().cache()).isEqualTo(CacheStatus.HIT);
        assertThat(second.events).isEqualTo(first.events);
    }

    @Test
    void anAnswerWithoutSourcesIsLeftAlone() {
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("So it is!."));
            events.emit(FINISHED);
        };
        assertThat(pipeline.answer(ask("auto", "easy")).text()).isEqualTo("So it is!.");
    }

    @Test
    void aRouteGoesOnWithTheFallbackWhenItsFirstModelIsMissing() {
        pipeline.catalog.models.remove(CLOUD);
        pipeline.complexity = Complexity.HIGH;

        assertThat(pipeline.answer(ask("auto", "hard")).starts.getFirst().model())
                .isEqualTo(LOCAL);
    }

    @Test
    void saysHowToGetTheModelsOfARouteWhenNoneIsThere() {
        pipeline.catalog.models.clear();

        assertThatThrownBy(() -> pipeline.answer(ask("auto", "easy")))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.NOT_INSTALLED))
                .hasMessageContaining("fetch it");
    }

    @Test
    void modelsAreToldWhichServersTheRequestHasPassed() {
        List<String> told = new CopyOnWriteArrayList<>();
        BiConsumer<ModelRequest, ModelEvents> answer = pipeline.caller.script;
        pipeline.caller.script = (request, events) -> {
            told.add(Hops.passed());
            answer.accept(request, events);
        };
        ChatRequest shared = ask("small", "hello");
        Hops.run("hop-1", () -> pipeline.answer(shared));
        Hops.run(
                "hop-2",
                () -> pipeline.answer(shared.withCacheControl(new CacheControl(
                        false, true, false, Optional.empty(), Optional.empty(), Set.of(), Optional.empty()))));

        assertThat(told).containsExactly("hop-1", "hop-2");
    }

    @Test
    void aChangedModelNeverServesItsPredecessorsAnswers() {
        pipeline.answer(ask("auto", "hello"));
        ModelInfo old = pipeline.catalog.find(LOCAL).orElseThrow();
        pipeline.catalog.models.put(LOCAL, Models.withDigest(old, "1".repeat(64)));

        assertThat(pipeline.answer(ask("auto", "hello")).starts.getFirst().cache())
                .isEqualTo(CacheStatus.MISS);
    }

    @Test
    void refusesUnknownAndIllegalNames() {
        assertThatThrownBy(() -> pipeline.answer(ask("nope", "hello")))
                .isInstanceOfSatisfying(AnswerFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(AnswerFailure.Kind.MODEL_NOT_FOUND))
                .hasMessage("model 'nope' not found");
        assertThatThrownBy(() -> pipeline.answer(ask("no pe", "hello")))
                .isInstanceOfSatisfying(AnswerFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(AnswerFailure.Kind.BAD_MODEL_NAME));
        assertThat(pipeline.counts.failures).containsExactly(false, false);
    }

    @Test
    void honoursWhatTheClientAsksOfTheCache() {
        ChatRequest request = ask("small", "hello");
        CacheControl onlyIfCached =
                new CacheControl(false, false, true, Optional.empty(), Optional.empty(), Set.of(), Optional.empty());
        assertThatThrownBy(() -> pipeline.answer(request.withCacheControl(onlyIfCached)))
                .isInstanceOfSatisfying(AnswerFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(AnswerFailure.Kind.NOT_CACHED));

        var noStore = request.withCacheControl(CacheControl.DEFAULT.withNoStore());
        assertThat(pipeline.answer(noStore).starts.getFirst().cache()).isEqualTo(CacheStatus.BYPASS);
        assertThat(pipeline.cache.answers).isEmpty();

        pipeline.answer(request);
        var refresh = request.withCacheControl(CacheControl.DEFAULT.withNoCache());
        assertThat(pipeline.answer(refresh).starts.getFirst().cache()).isEqualTo(CacheStatus.REFRESH);
        assertThat(pipeline.caller.calls).hasSize(3);
        assertThat(pipeline.answer(request.withCacheControl(onlyIfCached)).text())
                .isEqualTo("Hi!");
    }

    @Test
    void aRuleCanKeepAnswersOutOfTheCacheAndTagThem() {
        pipeline.rules.policy = new RequestPolicy(false, "", Optional.empty(), Map.of(), Set.of());
        assertThat(pipeline.answer(ask("small", "hello")).starts.getFirst().cache())
                .isEqualTo(CacheStatus.BYPASS);

        pipeline.rules.policy = new RequestPolicy(true, "", Optional.empty(), Map.of(), Set.of("by-rule"));
        pipeline.answer(ask("small", "hello")
                .withCacheControl(new CacheControl(
                        false,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of("by-client"),
                        Optional.empty())));
        assertThat(pipeline.cache.tags).containsExactly(Set.of("by-rule", "by-client"));
    }

    @Test
    void storesNothingOfAnAnswerThatFailsOrHasNoEnd() {
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("half an"));
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model died");
        };
        Fakes.Sink sink = new Fakes.Sink();
        assertThatThrownBy(() -> pipeline.orchestrator.answer(ask("small", "hello"), sink))
                .hasMessage("the model died");
        assertThat(sink.text()).isEqualTo("half an");
        assertThat(pipeline.ledger.booked).containsExactly("broken " + LOCAL + " after 1");

        pipeline.caller.script = (request, events) -> events.emit(new ModelEvent.Text("no end"));
        assertThatThrownBy(() -> pipeline.answer(ask("small", "hello"))).hasMessage("the model's answer has no end");

        pipeline.caller.script = (request, events) -> {
            throw new IllegalStateException("a secret of the inside");
        };
        assertThatThrownBy(() -> pipeline.answer(ask("small", "hello"))).hasMessage("internal error");
        assertThat(pipeline.cache.answers).isEmpty();
    }

    @Test
    void anAnswerByAnotherModelThanPlannedForWantOfMoneyIsNotStored() {
        pipeline.complexity = Complexity.HIGH;
        pipeline.ledger.passedOver = 1;
        assertThat(pipeline.answer(ask("auto", "hard")).starts.getFirst().model())
                .isEqualTo(LOCAL);
        assertThat(pipeline.cache.answers).isEmpty();

        pipeline.ledger.passedOver = 0;
        assertThat(pipeline.answer(ask("auto", "hard")).starts.getFirst().model())
                .isEqualTo(CLOUD);
        assertThat(pipeline.cache.answers).hasSize(1);
        assertThat(pipeline.ledger.closed).hasValue(2);
    }

    @Test
    void aCallThatBreaksOffAfterItsEndIsBookedAsItWas() {
        pipeline.caller.script = (request, events) -> {
            events.emit(new ModelEvent.Text("all"));
            events.emit(FINISHED);
            events.lateBill().accept(FINISHED.usage());
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "after all");
        };

        assertThatThrownBy(() -> pipeline.answer(ask("small", "hello"))).hasMessage("after all");
        assertThat(pipeline.ledger.booked).containsExactly("settled " + LOCAL);
        assertThat(pipeline.ledger.closed).hasValue(1);
    }

    @Test
    void whoJoinsAnAnswerThatAnothersBudgetForbidsHasOneMade() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        pipeline.ledger.forbids = request -> {
            if (!request.requestId().equals("poor")) {
                return false;
            }
            asked.countDown();
            await(joined);
            return true;
        };
        ChatRequest plain = ask("small", "hello");
        Fakes.Sink[] sinks = {new Fakes.Sink(), new Fakes.Sink()};
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Thread poor = Thread.startVirtualThread(() -> {
            try {
                pipeline.orchestrator.answer(plain.as("poor", CacheControl.DEFAULT, Caller.ANYBODY), sinks[0]);
            } catch (AnswerFailure e) {
                refused.set(e);
            }
        });
        await(asked);
        Thread rich = Thread.startVirtualThread(
                () -> pipeline.orchestrator.answer(plain.as("rich", CacheControl.DEFAULT, Caller.ANYBODY), sinks[1]));
        while (rich.getState() != Thread.State.WAITING && rich.isAlive()) {
            Thread.onSpinWait(); // until it waits for the answer of the other
        }
        joined.countDown();
        poor.join();
        rich.join();

        assertThat(refused.get()).isInstanceOf(AnswerFailure.class);
        assertThat(sinks[1].text()).isEqualTo("Hi!");
        assertThat(sinks[1].starts.getFirst().cache()).isEqualTo(CacheStatus.MISS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
