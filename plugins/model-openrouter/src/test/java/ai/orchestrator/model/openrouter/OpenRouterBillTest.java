package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer cost, where the answer itself does not tell, or tells what can hardly be. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenRouterBillTest {
    private static final String LARGE = "acme/chat-large:latest";
    private static final String HELLO = "{\"choices\":[{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}";
    private static final String NOT_WRITTEN = "{\"error\":{\"code\":404,\"message\":\"not found\"}}";
    private static final String BILL = """
            {"data":{"id":"gen-9","model":"acme/chat-large-20260901","total_cost":0.0042,"tokens_prompt":8,"native_tokens_prompt":11,
             "native_tokens_cached":4,"native_tokens_completion":3,"cancelled":true,"is_byok":false}}""";

    private final FakeOpenRouter fake = new FakeOpenRouter(0);
    private final ModelEventRecorder events = new ModelEventRecorder();
    private final ModelProvider provider =
            Providers.create(fake, Map.of("models", List.of(Map.of("id", "acme/chat-large"))));

    @BeforeEach
    void awaitPrices() {
        Eventually.await(
                "the list", () -> provider.models().getFirst().contextLength().isPresent());
    }

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @Test
    void asksUntilItIsWrittenDownWhatABrokenAnswerCost() {
        fake.next(FakeOpenRouter.CHAT, headed(false, HELLO));
        fake.next(FakeOpenRouter.GENERATION, Reply.json(404, NOT_WRITTEN))
                .next(FakeOpenRouter.GENERATION, Reply.json(503, NOT_WRITTEN))
                .next(FakeOpenRouter.GENERATION, Reply.json(200, BILL));
        assertThat(failure()).isInstanceOf(PluginFailure.Retriable.class);
        Eventually.await("the bill", () -> !events.lateBills().isEmpty());

        Usage bill = events.lateBills().getFirst();
        assertThat(bill.costUsd()).contains(new BigDecimal("0.0042"));
        assertThat(bill.promptTokens()).isEqualTo(11);
        assertThat(bill.cachedPromptTokens()).isEqualTo(4);
        assertThat(bill.completionTokens()).isEqualTo(3);
        assertThat(bill.servedModel()).isEqualTo("acme/chat-large-20260901");
        assertThat(fake.calls(FakeOpenRouter.GENERATION)).hasSize(3);
        assertThat(fake.calls(FakeOpenRouter.GENERATION).getFirst().query()).isEqualTo("id=gen-9");
    }

    @Test
    void learnsWhatAnAnswerCostThatNobodyWantedAnyMore() {
        ModelEventRecorder leaving = new ModelEventRecorder(event -> {
            throw new PluginFailure.Cancelled();
        });
        assertThat(catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.to(LARGE), leaving)))
                .isInstanceOf(PluginFailure.Cancelled.class);
        Eventually.await("the bill", () -> !leaving.lateBills().isEmpty());
        assertThat(leaving.lateBills().getFirst().costUsd().orElseThrow()).isEqualByComparingTo(fake.billed());
    }

    @Test
    void learnsWhatAnAnswerCostThatNobodyWantedBeforeItBegan() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        fake.next(FakeOpenRouter.GENERATION, Reply.json(200, BILL));
        leaveBeforeTheHead(left, left::countDown, () -> {});
        Eventually.await("the bill", () -> !events.lateBills().isEmpty());
        assertThat(fake.calls(FakeOpenRouter.GENERATION).getFirst().query()).isEqualTo("id=gen-9");
    }

    @Test
    void hangsUpWhereNoHeadComes() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        leaveBeforeTheHead(never, () -> {}, never::countDown);
        assertThat(events.lateBills()).isEmpty();
    }

    /**
     * Has a call made, of which the head comes only when it may, and left before that.
     *
     * @param afterLeaving done once nobody wants the answer any more
     * @param atTheEnd done once the call has ended
     */
    private void leaveBeforeTheHead(CountDownLatch mayCome, Runnable afterLeaving, Runnable atTheEnd) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        fake.next(FakeOpenRouter.CHAT, (call, out) -> {
            asked.countDown();
            try {
                mayCome.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            headed(true, HELLO, HELLO).send(call, out);
        });
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Throwable> end =
                    caller.submit(() -> catchThrowable(() -> provider.stream(Requests.to(LARGE), events)));
            asked.await();
            events.cancel();
            afterLeaving.run();
            assertThat(end.get()).isInstanceOf(PluginFailure.Cancelled.class);
        } finally {
            atTheEnd.run();
        }
    }

    @Test
    void addsTheBillOfTheHostWhoseKeyIsTheOperators() {
        fake.next(FakeOpenRouter.CHAT, headed(false, HELLO));
        fake.next(
                FakeOpenRouter.GENERATION,
                Reply.json(200, "{\"data\":{\"total_cost\":0.5,\"is_byok\":true,\"upstream_inference_cost\":2}}"));
        failure();
        Eventually.await("the bill", () -> !events.lateBills().isEmpty());
        assertThat(events.lateBills().getFirst().costUsd().orElseThrow()).isEqualByComparingTo("2.5");
    }

    @Test
    void givesUpWhereOpenRouterRefusesToTell() {
        fake.next(FakeOpenRouter.CHAT, headed(false, HELLO));
        fake.always(FakeOpenRouter.GENERATION, Reply.json(403, "{\"error\":{\"code\":403,\"message\":\"no\"}}"));
        try (LogRecorder log = new LogRecorder(GenerationLookup.class)) {
            failure();
            Eventually.await("the end", () -> !log.linesWith("what gen-9 cost cannot be learned")
                    .isEmpty());
        }
        assertThat(fake.calls(FakeOpenRouter.GENERATION)).hasSize(1);
        assertThat(events.lateBills()).isEmpty();
    }

    @Test
    void asksForTheCostThatACompleteAnswerLeavesOut() {
        fake.next(FakeOpenRouter.CHAT, headed(true, HELLO, end("\"prompt_tokens\":9,\"completion_tokens\":1")));
        fake.next(FakeOpenRouter.GENERATION, Reply.json(200, BILL));
        provider.stream(Requests.to(LARGE), events);
        assertThat(events.finished().usage().costUsd()).isEmpty();
        Eventually.await("the bill", () -> !events.lateBills().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "\"free\"", "1e7", "[1]"})
    void doesNotBookWhatIsNoCost(String cost) {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(HELLO, end("\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":" + cost)));
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            provider.stream(Requests.to(LARGE), events);
            assertThat(log.linesWith("it told cost "))
                    .singleElement()
                    .asString()
                    .contains("counts as not told");
        }
        assertThat(events.finished().usage().costUsd()).isEmpty();
        assertThat(events.finished().usage().promptTokens()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "2.5", "99999999999999", "1e300", "\"nine\"", "{}"})
    void doesNotCountWhatIsNoNumberOfTokens(String tokens) {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(
                        HELLO,
                        end("\"prompt_tokens\":" + tokens + ",\"completion_tokens\":" + tokens + ",\"cost\":0.00001")));
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            provider.stream(Requests.to(LARGE), events);
            assertThat(log.linesWith("prompt_tokens ")).hasSize(1);
        }
        assertThat(events.finished().usage().promptTokens()).isZero();
        assertThat(events.finished().usage().completionTokens()).isEqualTo(1);
        assertThat(events.finished().usage().costUsd()).contains(new BigDecimal("0.00001"));
    }

    /** What is told is what is charged. */
    @Test
    void booksASurprisingCostAndWarns() {
        fake.next(
                FakeOpenRouter.CHAT,
                headed(true, HELLO, end("\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":0.25")));
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            provider.stream(Requests.to(LARGE), events);
            assertThat(log.linesWith("a cost of 0.25 US dollars"))
                    .singleElement()
                    .asString()
                    .contains("its price gives 0.000012", "gen-9", "booked as it was told");
        }
        assertThat(events.finished().usage().costUsd()).contains(new BigDecimal("0.25"));
    }

    @Test
    void doesNotBookAnIncredibleCostUnlessOpenRouterSaysItTwice() {
        String end = end("\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":900");
        fake.next(FakeOpenRouter.CHAT, headed(true, HELLO, end)).next(FakeOpenRouter.GENERATION, Reply.json(200, BILL));
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            provider.stream(Requests.to(LARGE), events);
            assertThat(log.linesWith("a cost of 900 US dollars"))
                    .singleElement()
                    .asString()
                    .contains("not booked unless");
        }
        assertThat(events.finished().usage().costUsd()).isEmpty();
        assertThat(events.finished().usage().completionTokens()).isEqualTo(1);
        Eventually.await("the bill", () -> !events.lateBills().isEmpty());
        assertThat(events.lateBills().getFirst().costUsd()).contains(new BigDecimal("0.0042"));
    }

    @Test
    void warnsOfAModelThatIsSaidToBeFreeAndCosts() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(HELLO, end("\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":0.02")));
        Map<String, Object> free = Map.of("id", "acme/free", "price", Map.of("prompt", 0, "completion", 0));
        try (ModelProvider other = Providers.create(fake, Map.of("models", List.of(free)));
                LogRecorder log = new LogRecorder(Doubts.class)) {
            other.stream(Requests.to("acme/free:latest"), events);
            assertThat(log.linesWith("a cost of 0.02 US dollars, where its price gives 0"))
                    .hasSize(1);
        }
        assertThat(events.finished().usage().costUsd()).contains(new BigDecimal("0.02"));
    }

    /** Answers that end, and answers that are left at some piece: all in all, what is told is what is charged. */
    @Test
    void addsUpToWhatOpenRouterCharges() throws Exception {
        int calls = 100;
        List<ModelEventRecorder> all = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Throwable>> ends = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                ModelEventRecorder recorder = i % 5 == 0 ? leavingAt(i / 5) : new ModelEventRecorder();
                all.add(recorder);
                ends.add(callers.submit(() -> catchThrowable(() -> provider.stream(Requests.to(LARGE), recorder))));
            }
            for (int i = 0; i < calls; i++) {
                assertThat(ends.get(i).get() instanceof PluginFailure.Cancelled).isEqualTo(i % 5 == 0);
            }
        }
        Eventually.await(
                "all bills", () -> all.stream().allMatch(each -> cost(each).isPresent()));
        BigDecimal told = all.stream().map(each -> cost(each).orElseThrow()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(all).hasSize(calls);
        assertThat(all.stream().filter(each -> !each.lateBills().isEmpty())).hasSize(calls / 5);
        assertThat(told).isEqualByComparingTo(fake.billed());
    }

    private static ModelEventRecorder leavingAt(int piece) {
        AtomicInteger pieces = new AtomicInteger();
        return new ModelEventRecorder(event -> {
            if (pieces.getAndIncrement() == piece) {
                throw new PluginFailure.Cancelled();
            }
        });
    }

    private static Optional<BigDecimal> cost(ModelEventRecorder events) {
        return Stream.concat(
                        events.lateBills().stream(),
                        events.events().stream()
                                .filter(ModelEvent.Finished.class::isInstance)
                                .map(event -> ((ModelEvent.Finished) event).usage()))
                .findFirst()
                .flatMap(Usage::costUsd);
    }

    @Test
    void hasNoQuestionAboutAnHonestBill() {
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            provider.stream(Requests.to(LARGE), events);
            assertThat(log.lines()).isEmpty();
        }
        assertThat(events.finished().usage().costUsd().orElseThrow()).isEqualByComparingTo(fake.billed());
        assertThat(fake.calls(FakeOpenRouter.GENERATION)).isEmpty();
    }

    private static String end(String usage) {
        return "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{" + usage + "}}";
    }

    /** A stream with OpenRouter's name for the call, which may end before it is complete. */
    private static Reply headed(boolean complete, String... frames) {
        return (call, out) -> {
            out.head(200, "text/event-stream", "X-Generation-Id", "gen-9");
            for (String frame : frames) {
                out.event(frame);
            }
            if (complete) {
                out.event("[DONE]");
            }
        };
    }

    private PluginFailure failure() {
        PluginFailure failure =
                catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.to(LARGE), events));
        assertThat(failure).isNotNull();
        return failure;
    }
}
