package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenRouter's streams have been seen to do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenRouterStreamTest {
    private static final String HELLO =
            frame("{\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":null}");
    private static final String STOP =
            frame("{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\"}");
    private static final String USAGE =
            ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"cost\":0.00001,\"cost_details\":{\"upstream_inference_cost\":null}}";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeOpenRouter fake = new FakeOpenRouter(0);
    private final ModelProvider provider = Providers.create(fake, Map.of());
    private final ModelEventRecorder events = new ModelEventRecorder();

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    void passesOverComments(int comments) {
        String waiting = ": OPENROUTER PROCESSING\n\n".repeat(comments);
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.raw(
                        waiting,
                        "data: " + HELLO + "\n\n: OPENROUTER PROCESSING\n\ndata: " + STOP + "\n\ndata: [DONE]\n\n"));
        ask();
        assertThat(events.text()).isEqualTo("Hello");
    }

    /** A: a choice that says nothing; B: no choice; C: the end again; and no member at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]",
                "[]",
                "[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\"}],\"service_tier\":null",
                "null"
            })
    void readsTheUsageHoweverItIsWrapped(String choices) {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(HELLO, STOP, "{\"model\":\"acme/x\",\"choices\":" + choices + USAGE + "}"));
        ask();
        assertThat(events.finished().usage().costUsd()).contains(new BigDecimal("0.00001"));
        assertThat(events.finished().usage().promptTokens()).isEqualTo(9);
        assertThat(events.events())
                .filteredOn(ModelEvent.Finished.class::isInstance)
                .hasSize(1);
    }

    @Test
    void keepsTextThatComesWithTheUsage() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(
                        "{\"choices\":[{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]" + USAGE + "}"));
        ask();
        assertThat(events.text()).isEqualTo("Hello");
        assertThat(events.finished().usage().completionTokens()).isEqualTo(2);
    }

    @Test
    void tellsTheModelThatReallyAnswered() {
        fake.next(FakeOpenRouter.CHAT, Reply.frames(HELLO, STOP));
        ask();
        assertThat(events.finished().usage().servedModel()).isEqualTo("acme/chat-large-20260901");
    }

    @Test
    void putsToolCallsTogether() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(
                        tool(
                                "{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}"),
                        tool(
                                "{\"index\":0,\"id\":null,\"type\":null,\"function\":{\"name\":null,\"arguments\":\"{\\\"city\\\":\"}}"),
                        tool("{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}"),
                        tool("{\"index\":0,\"function\":{\"arguments\":\"  \"}}"),
                        frame("{\"delta\":{},\"finish_reason\":\"tool_calls\"}")));
        ask();
        assertThat(events.events().getFirst())
                .isEqualTo(new ModelEvent.Call(new ToolCall("call_1", "weather", "{\"city\":\"Oslo\"}")));
        assertThat(events.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void readsReasoningThatIsSaidTwiceOnce() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(
                        frame(
                                "{\"delta\":{\"content\":\"\",\"reasoning\":\"Hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm\"}]}}"),
                        frame(
                                "{\"delta\":{\"reasoning\":null,\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"abc\"}]}}"),
                        HELLO,
                        STOP));
        ask();
        assertThat(events.events()).startsWith(new ModelEvent.Think("Hm"), new ModelEvent.Text("Hello"));
        assertThat(events.events()).hasSize(3);
    }

    /** M1 to M4 and M6, after some text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "M1|{'error':{'code':502,'message':'Provider disconnected','metadata':{'error_type':'provider_unavailable'}},'choices':[{'delta':{'content':''},'finish_reason':'error'}]}|UNAVAILABLE",
                "M2|{'error':{'code':'server_error','message':'Provider disconnected'},'choices':[{'delta':{'content':''},'finish_reason':'error'}]}|UNAVAILABLE",
                "M3|{'error':{'code':429,'message':'slow'},'choices':[{'delta':{'content':''},'finish_reason':null}],'usage':{'prompt_tokens':9}}|RATE_LIMITED",
                "M4|{'error':{'code':502,'message':'gone'},'choices':[]}|UNAVAILABLE",
                "M4|{'error':{'message':'gone'}}|BROKEN_OFF",
                "M6|{'choices':[{'delta':{'content':''},'error':{'code':502,'message':'gone'}}]}|UNAVAILABLE",
                "end|{'choices':[{'delta':{'content':''},'finish_reason':'error'}]}|BROKEN_OFF"
            })
    void failsInTheMidst(String variant, String frame, FailureCode code) {
        fake.next(FakeOpenRouter.CHAT, Reply.frames(HELLO, frame.replace('\'', '"')));
        PluginFailure failure = failure();
        assertThat(failure.code()).as(variant).isEqualTo(code);
        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(events.text()).isEqualTo("Hello");
    }

    /** M5: the connection ends, cleanly or not, and nobody has said that the answer is complete. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhereTheStreamEndsTooEarly(boolean clean) {
        fake.next(FakeOpenRouter.CHAT, clean ? Reply.raw("data: " + HELLO + "\n\n") : Reply.broken(HELLO));
        assertThat(failure().code()).isEqualTo(FailureCode.BROKEN_OFF);
        assertThat(events.text()).isEqualTo("Hello");
    }

    @Test
    void isCompleteWithoutTheEndMarkWhereTheModelSaidThatItIsDone() {
        fake.next(FakeOpenRouter.CHAT, Reply.raw("data: " + HELLO + "\n\ndata: " + STOP + "\n\n"));
        ask();
        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void readsFramesSplitInsideCharactersAndLineEnds() {
        byte[] stream = ("data: " + HELLO.replace("Hello", "Grüße 🚀") + "\r\n\r\ndata:" + STOP
                        + "\r\n\r\ndata: [DONE]\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        fake.next(FakeOpenRouter.CHAT, (call, out) -> {
            out.head(200, "text/event-stream");
            for (byte one : stream) {
                out.write(new byte[] {one});
            }
        });
        ask();
        assertThat(events.text()).isEqualTo("Grüße 🚀");
    }

    @Test
    void passesOverWhatFollowsTheEndMark() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.raw(
                        "data: " + HELLO + "\n\ndata: " + STOP + "\n\ndata: [DONE]\n\ndata: {\"error\":{}}\n\nrest{"));
        ask();
        assertThat(events.text()).isEqualTo("Hello");
    }

    @Test
    void hangsUpOnADripWhenTheReceiverLeaves() throws InterruptedException {
        fake.next(FakeOpenRouter.CHAT, Reply.endless("data: " + HELLO + "\n\n", Duration.ofMillis(20)));
        PluginFailure.Cancelled gone = new PluginFailure.Cancelled();
        ModelEventRecorder leaving = new ModelEventRecorder(event -> {
            throw gone;
        });
        assertThat(catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), leaving)))
                .isSameAs(gone);
        assertThat(fake.calls(FakeOpenRouter.CHAT).getFirst().awaitAbort(LONG)).isPresent();
    }

    /** The service's own cache first misses and then hits, which costs nothing. */
    @Test
    void takesAHitOfTheServicesCacheForFree() {
        String usage = frame("").replace("]}", "],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"cost\":0}}");
        fake.next(FakeOpenRouter.CHAT, cached("MISS", HELLO, STOP))
                .next(FakeOpenRouter.CHAT, cached("HIT", HELLO, STOP, usage));
        ask();
        ModelEventRecorder hit = new ModelEventRecorder();
        provider.stream(Requests.chat("Hi"), hit);
        assertThat(hit.text()).isEqualTo("Hello");
        assertThat(hit.finished().usage().costUsd())
                .hasValueSatisfying(cost -> assertThat(cost).isZero());
    }

    private static Reply cached(String status, String... frames) {
        return (call, out) -> {
            out.head(200, "text/event-stream", "X-OpenRouter-Cache-Status", status);
            for (String frame : frames) {
                out.event(frame);
            }
            out.event("[DONE]");
        };
    }

    private static String frame(String choice) {
        return "{\"id\":\"gen-7\",\"object\":\"chat.completion.chunk\",\"model\":\"acme/chat-large-20260901\",\"provider\":\"ExampleHost\","
                + "\"choices\":[" + choice + "]}";
    }

    private static String tool(String fragment) {
        return frame("{\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + fragment
                + "]},\"finish_reason\":null}");
    }

    private void ask() {
        provider.stream(Requests.chat("Hi"), events);
    }

    private PluginFailure failure() {
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, this::ask);
        return Optional.ofNullable(failure).orElseThrow(() -> new AssertionError("the call did not fail"));
    }
}
