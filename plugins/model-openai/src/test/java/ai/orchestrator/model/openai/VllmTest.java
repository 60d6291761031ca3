package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import ai.orchestrator.testkit.fakes.RecordedCall;
import ai.orchestrator.testkit.fakes.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What vLLM has been seen to do, in this version or that. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VllmTest {
    private final FakeOpenAi fake = new FakeOpenAi(0);
    private final ModelProvider provider =
            Providers.create(fake, Map.of("dialect", "vllm", "models", List.of(Map.of("id", "acme/chat-7b"))));
    private final ModelEventRecorder events = new ModelEventRecorder();

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    /** Its web server drops the body of a request that offers to go on by HTTP/2, as the JDK's own client does. */
    @Test
    void isNotOfferedHttp2() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest offering = HttpRequest.newBuilder(URI.create(fake.url() + FakeOpenAi.CHAT))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThat(client.send(offering, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(Calls.answer(provider).text()).isNotBlank();
        RecordedCall call = fake.calls(FakeOpenAi.CHAT).getLast();
        assertThat(call.header("Upgrade")).isEmpty();
        assertThat(call.header("HTTP2-Settings")).isEmpty();
    }

    @Test
    void tellsTheUsageWithEveryPieceAndAtTheEndWithoutAChoice() {
        fake.next(FakeOpenAi.CHAT, Reply.frames("""
                {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":9,"completion_tokens":0}}""", """
                {"choices":[{"delta":{"content":"4"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}""", """
                {"choices":[{"delta":{"content":"2"},"finish_reason":"stop","stop_reason":2}],"usage":{"prompt_tokens":9,"completion_tokens":2}}""", """
                {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"""));
        ModelEventRecorder answer = Calls.answer(provider);
        assertThat(answer.text()).isEqualTo("42");
        assertThat(answer.finished().usage().promptTokens()).isEqualTo(9);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(2);
        assertThat(answer.finished().stopText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void tellsThoughtsUnderEitherName(String member) {
        fake.next(FakeOpenAi.CHAT, Reply.frames("""
                {"choices":[{"delta":{"%s":"Hm"}}]}""".formatted(member), """
                {"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}]}"""));
        assertThat(Calls.answer(provider).events()).startsWith(new ModelEvent.Think("Hm"), new ModelEvent.Text("4"));
    }

    /** Streamed, and as the whole message that a gateway may make of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotMeanACallByAnEmptyListOfCalls(boolean streamed) {
        String message = "{\"role\":\"assistant\",\"content\":\"4\",\"tool_calls\":[]}";
        String choice =
                "{\"index\":0,\"finish_reason\":\"stop\",\"" + (streamed ? "delta" : "message") + "\":" + message + "}";
        String frame = "{\"choices\":[" + choice + "]}";
        fake.next(FakeOpenAi.CHAT, streamed ? Reply.frames(frame) : Reply.json(200, frame));
        ModelEventRecorder answer = Calls.answer(provider);
        assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.events()).hasSize(2);
    }

    @Test
    void refusesAKeyByATextAlone() {
        fake.next(FakeOpenAi.CHAT, Reply.json(401, "{\"error\":\"Unauthorized\"}"));
        PluginFailure failure = Calls.failure(provider, events);
        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
        assertThat(provider.health().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void tellsAnErrorInTheMidstAndThenTheEnd() {
        fake.next(FakeOpenAi.CHAT, Reply.raw("""
                data: {"choices":[{"delta":{"content":"4"}}]}

                data: {"error":{"message":"CUDA out of memory","type":"InternalServerError","param":null,"code":500}}

                data: [DONE]

                """));
        PluginFailure failure = Calls.failure(provider, events);
        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining("CUDA out of memory");
        assertThat(events.text()).isEqualTo("4");
        assertThat(events.events()).noneMatch(ModelEvent.Finished.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void isNotAskedForTheUsageAgainWhereItRefuses(int status) {
        fake.next(FakeOpenAi.CHAT, Reply.json(status, """
                {"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options')}]","type":"BadRequestError","code":%d}""".formatted(status)));
        assertThat(Calls.answer(provider).text()).isNotBlank();
        assertThat(Calls.answer(provider).text()).isNotBlank();
        assertThat(fake.calls(FakeOpenAi.CHAT))
                .extracting(call -> call.body().contains("stream_options"))
                .containsExactly(true, false, false);
    }

    /** As it is now, flat as it was in 2024, and flat under status 200 as a host wraps it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"error\":{\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}",
                "404|{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}",
                "200|{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}"
            })
    void tellsThatItDoesNotHaveAModel(int status, String body) {
        fake.next(FakeOpenAi.CHAT, Reply.json(status, body));
        PluginFailure failure = Calls.failure(provider, events);
        assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND);
        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining("does not exist");
    }
}
