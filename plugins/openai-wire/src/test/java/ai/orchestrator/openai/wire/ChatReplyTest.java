package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReplyTest {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final ErrorReader ERRORS = new ErrorReader(
            new Endpoint(
                    URI.create("https://far.example/v1"),
                    Optional.empty(),
                    Map.of(),
                    new Timeouts(TIME, TIME, TIME, TIME)),
            Clock.systemUTC());

    private final ModelEventRecorder events = new ModelEventRecorder();
    private final ChatReply reply = new ChatReply("acme/chat", OptionalInt.empty(), events, ERRORS, new Doubts("test"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}",
                "",
                "{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}"
            })
    void takesEachFormOfTheUsageFrame(String choice) {
        read(Frames.text("Hel"), Frames.text("lo"), Frames.finish("stop"), Frames.chunk(choice, "," + Frames.USAGE));

        assertThat(events.text()).isEqualTo("Hello");
        assertThat(events.events()).hasSize(3);
        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
        Usage usage = events.finished().usage();
        assertThat(usage.promptTokens()).isEqualTo(9);
        assertThat(usage.completionTokens()).isEqualTo(2);
        assertThat(usage.costUsd()).contains(new BigDecimal("0.00001"));
        assertThat(usage.servedModel()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\"END\"',END", "2,''", "null,''"})
    void tellsTheStopTextWhereTheFarSideDoes(String told, String stopText) {
        read(
                Frames.text("Hi"),
                Frames.chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"stop_reason\":" + told + "}", ""));

        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(events.finished().stopText()).isEqualTo(stopText);
    }

    @Test
    void keepsTextBesideUsageAndTakesTheLastUsage() {
        read(
                Frames.chunk("{\"delta\":{\"content\":\"a\"}}", ",\"usage\":{\"completion_tokens\":1}"),
                Frames.chunk("{\"delta\":{\"content\":\"b\"}}", ",\"usage\":{\"completion_tokens\":2}"),
                Frames.finish("stop"));
        assertThat(events.text()).isEqualTo("ab");
        assertThat(events.finished().usage().completionTokens()).isEqualTo(2);
        assertThat(events.finished().usage().costUsd()).isEmpty();
    }

    @Test
    void guessesTheTokensWhereNoUsageIsTold() {
        read(Frames.text("a"), Frames.text("b"), Frames.finish("stop"));
        assertThat(events.finished().usage().completionTokens()).isEqualTo(2);
    }

    @Test
    void tellsWhichModelReallyAnswered() {
        read(
                "{\"model\":\"acme/chat-20260901\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
        assertThat(events.finished().usage().servedModel()).isEqualTo("acme/chat-20260901");
    }

    @Test
    void readsAReplyThatIsNotStreamed() {
        read("""
                {"model":"acme/chat","choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":"4",
                 "reasoning":"trivial"}}],"usage":{"prompt_tokens":18,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":10}}}""");
        assertThat(events.events().subList(0, 2))
                .containsExactly(new ModelEvent.Think("trivial"), new ModelEvent.Text("4"));
        assertThat(events.finished().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(events.finished().usage().cachedPromptTokens()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"reasoning":"why"}
            {"reasoning_content":"why"}
            {"reasoning":"why","reasoning_details":[{"type":"reasoning.text","text":"why"}]}
            {"reasoning":null,"reasoning_details":[{"type":"reasoning.summary","summary":"why"}]}
            {"reasoning":"why","reasoning_details":[{"type":"reasoning.encrypted","data":"x"}]}
            {"reasoning":"why","reasoning_content":"why"}
            """)
    void readsThoughtsOnceWhereverTheyAre(String delta) {
        read(Frames.delta(delta), Frames.finish("stop"));
        assertThat(events.events().getFirst()).isEqualTo(new ModelEvent.Think("why"));
        assertThat(events.events()).hasSize(2);
    }

    @Test
    void putsToolCallsTogetherAndSendsThemAtTheEnd() {
        read(
                tools(
                        "{\"index\":0,\"id\":\"c0\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}"),
                tools("{\"index\":0,\"id\":null,\"function\":{\"name\":null,\"arguments\":\"{\\\"city\\\":\"}}"),
                tools("{\"index\":1,\"id\":\"c1\",\"function\":{\"name\":\"time\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"  \"}}"),
                Frames.finish("tool_calls"),
                Frames.usage());
        assertThat(events.events().subList(0, 2))
                .containsExactly(
                        new ModelEvent.Call(new ToolCall("c0", "weather", "{\"city\":\"Oslo\"}")),
                        new ModelEvent.Call(new ToolCall("c1", "time", "{}")));
        assertThat(events.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void placesToolCallsWithoutIndex() {
        read(
                tools("{\"id\":\"c0\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}"),
                tools("{\"function\":{\"arguments\":\"}\"}}"),
                tools("{\"id\":\"c1\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}"),
                Frames.finish("stop"));
        assertThat(calls()).containsExactly(new ToolCall("c0", "a", "{}"), new ToolCall("c1", "b", "{}"));
        assertThat(events.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void tellsToolCallsOfOneIndexApart() {
        read(
                tools("{\"index\":0,\"id\":\"c0\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}"),
                tools("{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}"),
                tools("{\"index\":0,\"id\":\"new\",\"function\":{\"name\":null,\"arguments\":\"}\"}}"),
                Frames.finish("tool_calls"));
        assertThat(calls()).containsExactly(new ToolCall("c0", "a", "{}"), new ToolCall("c1", "a", "{}"));
    }

    @Test
    void doesNotTakeAnEmptyListForAToolCall() {
        read(Frames.delta("{\"content\":\"a\",\"tool_calls\":[]}"), Frames.finish("stop"));
        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void leavesOutAToolCallThatTheLimitCut() {
        read(
                tools("{\"index\":0,\"id\":\"c0\",\"function\":{\"name\":\"a\",\"arguments\":\"{\\\"x\\\":\"}}"),
                Frames.finish("length"));
        assertThat(calls()).isEmpty();
        assertThat(events.finished().reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void refusesAToolCallWithoutProperArguments() {
        assertFails(
                FailureCode.BAD_REPLY,
                tools("{\"index\":0,\"id\":\"c0\",\"function\":{\"name\":\"a\",\"arguments\":\"[1]\"}}"),
                Frames.finish("tool_calls"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error":{"code":502,"message":"Provider disconnected"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]} | UNAVAILABLE
            {"error":{"code":"server_error","message":"m"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}          | UNAVAILABLE
            {"error":{"code":429,"message":"m"},"choices":[{"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":1}}        | RATE_LIMITED
            {"error":{"code":500,"message":"m"},"choices":[]}                                                                     | UNAVAILABLE
            {"error":{"code":500,"message":"m"}}                                                                                  | UNAVAILABLE
            {"choices":[{"delta":{"content":""},"error":{"code":529,"message":"m"}}]}                                             | OVERLOADED
            {"choices":[{"delta":{},"finish_reason":"error"}]}                                                                    | BROKEN_OFF
            """)
    void findsAnErrorInTheMidstOfAnAnswer(String frame, FailureCode code) {
        assertFails(code, Frames.text("Hel"), frame);
        assertThat(events.text()).isEqualTo("Hel");
    }

    @Test
    void doesNotTakeACutStreamForAnAnswer() {
        reply.frame(Json.read(Frames.text("Hel")));
        assertThatThrownBy(() -> reply.end(false))
                .isInstanceOfSatisfying(PluginFailure.Retriable.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.BROKEN_OFF));
    }

    @Test
    void takesAStreamWithoutMarkForAnAnswerOnceTheModelWasDone() {
        reply.frame(Json.read(Frames.text("Hello")));
        reply.frame(Json.read(Frames.finish("stop")));
        reply.end(false);
        assertThat(events.finished().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void refusesAReplyThatHoldsNothing() {
        assertFails(FailureCode.BAD_REPLY, "{}", "{\"choices\":[]}");
    }

    @Test
    void keepsCharactersWhole() {
        read(Frames.text("a\\ud83d"), Frames.text("\\ude80b"), Frames.finish("stop"));
        assertThat(events.events().subList(0, 2))
                .containsExactly(new ModelEvent.Text("a"), new ModelEvent.Text("\ud83d\ude80b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"cost":0.0000315}                                                                 | 0.0000315
            {"cost":"0.5"}                                                                     | 0.5
            {"cost":0}                                                                         | 0
            {"cost":null}                                                                      |
            {}                                                                                 |
            {"cost":-1}                                                                        |
            {"cost":1e999999999}                                                               |
            {"cost":0.01,"is_byok":true,"cost_details":{"upstream_inference_cost":0.2}}        | 0.21
            {"cost":0.01,"is_byok":true}                                                       |
            """)
    void neverGuessesACost(String usage, BigDecimal cost) {
        read(Frames.text("a"), Frames.finish("stop"), Frames.chunk("", ",\"usage\":" + usage));
        assertThat(events.finished().usage().costUsd()).isEqualTo(Optional.ofNullable(cost));
    }

    private static String tools(String fragment) {
        return Frames.delta("{\"tool_calls\":[" + fragment + "]}");
    }

    private List<ToolCall> calls() {
        return events.events().stream()
                .filter(ModelEvent.Call.class::isInstance)
                .map(event -> ((ModelEvent.Call) event).call())
                .toList();
    }

    private void read(String... frames) {
        for (String frame : frames) {
            reply.frame(Json.read(frame));
        }
        reply.end(true);
    }

    private void assertFails(FailureCode code, String... frames) {
        assertThatThrownBy(() -> read(frames))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
        assertThat(events.events()).noneMatch(ModelEvent.Finished.class::isInstance);
    }
}
