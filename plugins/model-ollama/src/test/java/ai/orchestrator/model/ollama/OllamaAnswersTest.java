package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.LogRecorder;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOllama;
import ai.orchestrator.testkit.fakes.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an Ollama server may send, and how it may send it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OllamaAnswersTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String HELLO = line("{\"role\":\"assistant\",\"content\":\"Hello\"}", "");
    private static final String DONE = done("\"prompt_eval_count\":11,\"eval_count\":2");

    private final FakeOllama fake = new FakeOllama(0);
    private final ModelEventRecorder events = new ModelEventRecorder();

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void readsThoughtsTextAndCounters() {
        fake.next(
                FakeOllama.CHAT,
                Reply.lines(
                        line("{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm\"}", ""),
                        HELLO,
                        done("\"load_duration\":5,\"prompt_eval_count\":11,\"prompt_eval_cached_count\":4,"
                                + "\"prompt_eval_duration\":6,\"eval_count\":2,\"eval_duration\":7")));
        ask();
        assertThat(events.events()).startsWith(new ModelEvent.Think("Hm"), new ModelEvent.Text("Hello"));
        Usage usage = events.finished().usage();
        assertThat(usage.promptTokens()).isEqualTo(11);
        assertThat(usage.cachedPromptTokens()).isEqualTo(4);
        assertThat(usage.completionTokens()).isEqualTo(2);
        assertThat(List.of(usage.load(), usage.promptEval(), usage.eval()))
                .containsExactly(Duration.ofNanos(5), Duration.ofNanos(6), Duration.ofNanos(7));
        assertThat(usage.servedModel()).isEmpty();
    }

    @Test
    void takesCountersThatAreLeftOutForNothing() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO, HELLO, "{\"model\":\"chat:7b\",\"done\":true}"));
        ask();
        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(events.finished().usage().promptTokens()).isZero();
        assertThat(events.finished().usage().completionTokens()).isEqualTo(2);
        assertThat(events.finished().usage().load()).isZero();
    }

    @Test
    void warnsOfCountersThatCannotBeAndDoesNotTakeThem() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO, done("\"prompt_eval_count\":-7,\"eval_count\":99999999999")));
        try (LogRecorder log = new LogRecorder(Doubts.class)) {
            ask();
            assertThat(log.linesWith("prompt_eval_count -7 and eval_count 99999999999"))
                    .hasSize(1);
        }
        assertThat(events.finished().usage().promptTokens()).isZero();
        assertThat(events.finished().usage().completionTokens()).isEqualTo(1);
    }

    @Test
    void readsWholeToolCallsWithAndWithoutIds() {
        fake.next(FakeOllama.CHAT, Reply.lines(line("""
                {"role":"assistant","content":"","tool_calls":[
                {"id":"call_k3x9a1bq","function":{"index":0,"name":"weather","arguments":{"zone":1,"city":"Oslo"}}},
                {"function":{"name":"time"}}]}""".replace("\n", ""), ""), DONE));
        ask();
        assertThat(events.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
        ToolCall first = ((ModelEvent.Call) events.events().getFirst()).call();
        assertThat(first).isEqualTo(new ToolCall("call_k3x9a1bq", "weather", "{\"zone\":1,\"city\":\"Oslo\"}"));
        ToolCall second = ((ModelEvent.Call) events.events().get(1)).call();
        assertThat(second.id()).matches("call_[a-z0-9]{8}");
        assertThat(second.argumentsJson()).isEqualTo("{}");
    }

    @Test
    void readsToolCallsInTheLastLine() {
        fake.next(FakeOllama.CHAT, Reply.lines("""
                {"model":"chat:7b","message":{"role":"assistant","content":"",\
                "tool_calls":[{"function":{"name":"f","arguments":"{\\"a\\":1}"}}]},"done":true,"done_reason":"stop"}"""));
        ask();
        assertThat(((ModelEvent.Call) events.events().getFirst()).call().argumentsJson())
                .isEqualTo("{\"a\":1}");
        assertThat(events.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void refusesAToolCallWithoutANameOrWithBadArguments() {
        for (String function : List.of(
                "{\"arguments\":{}}",
                "{\"name\":\"f\",\"arguments\":[1]}",
                "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\"}",
                "{\"name\":\"f\",\"arguments\":7}")) {
            fake.next(
                    FakeOllama.CHAT,
                    Reply.lines(line("{\"content\":\"\",\"tool_calls\":[{\"function\":" + function + "}]}", ""), DONE));
            assertThat(failure(Map.of()).code()).as(function).isEqualTo(FailureCode.BAD_REPLY);
        }
    }

    @Test
    void tellsWhichModelReallyAnswered() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO, """
                {"model":"chat:7b","remote_model":"huge:671b","remote_host":"https://ollama.com:443","done":true}"""));
        ask();
        assertThat(events.finished().usage().servedModel()).isEqualTo("huge:671b");
    }

    @Test
    void endsAtTheLimit() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO, "{\"done\":true,\"done_reason\":\"length\",\"eval_count\":1}"));
        ask();
        assertThat(events.finished().reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void readsLinesSplitAnywhereAndBlankOnesInBetween() {
        byte[] stream = (line("{\"role\":\"assistant\",\"content\":\"Grüße 🚀\"}", "") + "\r\n\n" + DONE)
                .getBytes(StandardCharsets.UTF_8);
        fake.next(FakeOllama.CHAT, (call, out) -> {
            out.head(200, Reply.NDJSON);
            for (byte one : stream) {
                out.write(new byte[] {one});
            }
        });
        ask();
        assertThat(events.text()).isEqualTo("Grüße 🚀");
        assertThat(events.finished().usage().promptTokens()).isEqualTo(11);
    }

    @Test
    void passesOverWhatFollowsTheEnd() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO, DONE, "{\"error\":\"too late\"}", "rest{"));
        ask();
        assertThat(events.text()).isEqualTo("Hello");
    }

    @Test
    void failsWhereTheLastLineTellsAnError() {
        fake.next(
                FakeOllama.CHAT,
                Reply.lines(HELLO, "{\"error\":\"an error was encountered while running the model: CUDA error\"}"));
        PluginFailure failure = failure(Map.of());
        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining("CUDA error");
        assertThat(failure.code()).isEqualTo(FailureCode.BROKEN_OFF);
        assertThat(events.text()).isEqualTo("Hello");
    }

    @Test
    void tellsAnEndThatIsNone() {
        fake.next(FakeOllama.CHAT, Reply.lines(HELLO));
        assertThat(failure(Map.of()).code()).isEqualTo(FailureCode.BROKEN_OFF);
        fake.next(FakeOllama.CHAT, Reply.lines());
        assertThat(failure(Map.of()).code()).isEqualTo(FailureCode.BROKEN_OFF);
        fake.next(FakeOllama.CHAT, Reply.brokenLines(HELLO));
        assertThat(failure(Map.of()).code()).isEqualTo(FailureCode.BROKEN_OFF);
    }

    @Test
    void refusesWhatIsNoJson() {
        fake.next(FakeOllama.CHAT, Reply.whole(200, "text/html", "<html>\n<body>welcome</body></html>"));
        PluginFailure page = failure(Map.of());
        assertThat(page.code()).isEqualTo(FailureCode.BAD_REPLY);
        assertThat(page).hasMessageNotContaining("welcome");
        fake.next(FakeOllama.CHAT, Reply.lines("{\"message\":{\"content\":"));
        assertThat(failure(Map.of()).code()).isEqualTo(FailureCode.BAD_REPLY);
    }

    @Test
    void refusesALineWithoutAnEnd() {
        String megabyte = "x".repeat(1 << 20);
        fake.next(FakeOllama.CHAT, (call, out) -> {
            out.head(200, Reply.NDJSON);
            for (int i = 0; i < 20; i++) {
                out.write(megabyte);
            }
        });
        PluginFailure failure = failure(Map.of());
        assertThat(failure.code()).isEqualTo(FailureCode.BAD_REPLY);
        assertThat(failure).hasMessageContaining("more than 16 MB");
    }

    @Test
    void doesNotWaitForEver() {
        fake.next(FakeOllama.CHAT, Reply.silent());
        assertThat(failure(Map.of("first_byte_timeout", "300ms")))
                .hasMessageContaining("did not begin to answer within 300 ms");
        fake.next(FakeOllama.CHAT, Reply.stalledAfterLines(HELLO));
        assertThat(failure(Map.of("idle_timeout", "300ms"))).hasMessageContaining("stopped in the midst");
        fake.next(FakeOllama.CHAT, Reply.endlessLines(HELLO, Duration.ofMillis(20)));
        PluginFailure drip = failure(Map.of("total_timeout", "300ms"));
        assertThat(drip.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(drip).hasMessageContaining("did not complete the answer");
    }

    @Test
    void hangsUpWhenTheReceiverLeaves() throws InterruptedException {
        fake.next(FakeOllama.CHAT, Reply.endlessLines(HELLO, Duration.ofMillis(20)));
        PluginFailure.Cancelled gone = new PluginFailure.Cancelled();
        ModelEventRecorder leaving = new ModelEventRecorder(event -> {
            throw gone;
        });
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            assertThat(catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), leaving)))
                    .isSameAs(gone);
            assertThat(fake.calls(FakeOllama.CHAT).getFirst().awaitAbort(LONG)).isPresent();
        }
    }

    @Test
    void hangsUpWhenCancelledWhileItWaits() throws Exception {
        fake.next(FakeOllama.CHAT, Reply.silent());
        try (ModelProvider provider = Providers.discovered(fake, Map.of());
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PluginFailure> running = other.submit(() ->
                    catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), events)));
            while (fake.calls(FakeOllama.CHAT).isEmpty()) {
                Thread.sleep(10);
            }
            events.cancel();
            assertThat(running.get()).isInstanceOf(PluginFailure.Cancelled.class);
        }
    }

    private static String line(String message, String more) {
        return "{\"model\":\"chat:7b\",\"created_at\":\"2026-08-21T18:48:22Z\",\"message\":" + message
                + ",\"done\":false" + more + "}";
    }

    private static String done(String counters) {
        return "{\"model\":\"chat:7b\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                + "\"done_reason\":\"stop\"," + counters + "}";
    }

    private void ask() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            provider.stream(Requests.chat("Hi"), events);
        }
    }

    private PluginFailure failure(Map<String, Object> settings) {
        try (ModelProvider provider = Providers.discovered(fake, settings)) {
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), events));
            assertThat(failure).isNotNull();
            assertThat(events.events()).noneMatch(ModelEvent.Finished.class::isInstance);
            return failure;
        }
    }
}
