package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import ai.orchestrator.testkit.fakes.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What llama-server has been seen to do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LlamaServerTest {
    private final FakeOpenAi fake = new FakeOpenAi(0);
    private final ModelProvider provider =
            Providers.create(fake, Map.of("dialect", "llama_server", "models", List.of(Map.of("id", "acme/chat-7b"))));
    private final ModelEventRecorder events = new ModelEventRecorder();

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @Test
    void isStartingWhileItLoadsAndThenAnswers() {
        Reply loading = Reply.json(503, """
                {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""");
        fake.next(FakeOpenAi.CHAT, loading).next(FakeOpenAi.CHAT, loading);
        for (int i = 0; i < 2; i++) {
            PluginFailure failure = Calls.failure(provider, events);
            assertThat(failure.code()).isEqualTo(FailureCode.STARTING);
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
        assertThat(Calls.answer(provider).text()).isNotBlank();
    }

    /** A bare colon is a sign of life; the first piece has no text; the last one tells times. */
    @Test
    void streamsWithPingsNullsAndTimings() {
        fake.next(FakeOpenAi.CHAT, Reply.raw(":\n\n", """
                data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}]}

                :

                data: {"choices":[{"finish_reason":null,"index":0,"delta":{"reasoning_content":"Hm"}}]}

                data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"4"}}]}

                data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"timings":{"prompt_n":9,"predicted_n":1,"predicted_ms":3.5}}

                data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":1},"timings":{"prompt_n":9}}

                data: [DONE]

                """));
        ModelEventRecorder answer = Calls.answer(provider);
        assertThat(answer.events())
                .startsWith(new ModelEvent.Think("Hm"), new ModelEvent.Text("4"))
                .hasSize(3);
        assertThat(answer.finished().usage().promptTokens()).isEqualTo(9);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(1);
    }

    @Test
    void tellsThatAPromptIsTooLong() {
        fake.next(FakeOpenAi.CHAT, Reply.json(400, """
                {"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error",\
                "n_prompt_tokens":4100,"n_ctx":4096}}"""));
        PluginFailure failure = Calls.failure(provider, events);
        assertThat(failure.code()).isEqualTo(FailureCode.CONTEXT_LENGTH);
        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
    }

    @Test
    void refusesAKey() {
        fake.next(FakeOpenAi.CHAT, Reply.json(401, """
                {"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"""));
        assertThat(Calls.failure(provider, events).code()).isEqualTo(FailureCode.CREDENTIALS);
        assertThat(provider.health().state()).isEqualTo(Health.State.DOWN);
    }

    /** Very old builds mark an error by the name of its field. */
    @Test
    void tellsAnErrorInTheMidst() {
        for (String frame : List.of(
                "data: {\"error\":{\"code\":500,\"message\":\"slot broken\",\"type\":\"server_error\"}}",
                "error: {\"code\":500,\"message\":\"slot broken\",\"type\":\"server_error\"}")) {
            fake.next(
                    FakeOpenAi.CHAT,
                    Reply.raw("data: {\"choices\":[{\"delta\":{\"content\":\"4\"}}]}\n\n", frame + "\n\n"));
            PluginFailure failure = Calls.failure(provider, new ModelEventRecorder());
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining("slot broken");
        }
    }
}
