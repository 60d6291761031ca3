package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOllama;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an Ollama server says no. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OllamaRefusalsTest {
    private final FakeOllama fake = new FakeOllama(0);
    private final ModelProvider provider = Providers.discovered(fake, Map.of());

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{\"error\":\"model 'chat:7b' not found\"}|NOT_FOUND|false|UP",
                "404|{\"StatusCode\":404,\"Status\":\"404 Not Found\",\"error\":\"no such model\"}|NOT_FOUND|false|UP",
                "401|{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect?x\"}|CREDENTIALS|false|DOWN",
                "401|{\"error\":\"unauthorized\"}|CREDENTIALS|false|DOWN",
                "403|{\"error\":\"ollama cloud is disabled: remote model is unavailable\"}|CREDENTIALS|false|DOWN",
                "400|{\"error\":\"registry.ollama.ai/library/chat:7b does not support tools\"}|UNSUPPORTED|false|UP",
                "400|{\"error\":\"\\\"chat:7b\\\" does not support thinking\"}|UNSUPPORTED|false|UP",
                "501|{\"error\":\"This server does not support embeddings. Start it with `--embeddings`\"}|UNSUPPORTED|false|UP",
                "400|{\"error\":\"{\\\"error\\\":{\\\"code\\\":400,\\\"message\\\":\\\"request (9010 tokens) exceeds the available context size (4096 tokens)\\\",\\\"type\\\":\\\"exceed_context_size_error\\\"}}\"}|CONTEXT_LENGTH|false|UP",
                "400|{\"error\":\"input after truncation exceeds maximum context length\"}|CONTEXT_LENGTH|false|UP",
                "500|{\"error\":\"option \\\"temperature\\\" must be of type float32\"}|INVALID_REQUEST|false|UP",
                "500|{\"error\":\"invalid format: yaml; expected json or a valid JSON Schema object\"}|INVALID_REQUEST|false|UP",
                "429|{\"error\":\"rate limit exceeded\"}|RATE_LIMITED|true|UP",
                "499|{\"error\":\"request canceled\"}|INVALID_REQUEST|false|UP",
                "503|{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}|OVERLOADED|true|DEGRADED",
                "500|{\"error\":\"model requires more system memory (9 GiB) than is available\"}|UNAVAILABLE|true|DEGRADED",
                "502|<html>bad gateway</html>|UNAVAILABLE|true|DEGRADED",
                "508|{\"error\":\"the request has been here before\"}|LOOP|false|DOWN"
            })
    void understandsEveryRefusal(int status, String body, FailureCode code, boolean retriable, Health.State state) {
        fake.next(FakeOllama.CHAT, Reply.json(status, body));
        PluginFailure failure = failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof PluginFailure.Retriable).isEqualTo(retriable);
        assertThat(failure.getMessage()).isNotBlank().doesNotContain("<html>");
        assertThat(provider.health().state()).isEqualTo(state);

        answer();
        assertThat(provider.health().state()).isEqualTo(Health.State.UP);
    }

    @Test
    void saysWhereToSignInWithoutHandingTheLinkOut() {
        fake.next(FakeOllama.CHAT, Reply.json(401, """
                {"error":"unauthorized","signin_url":"https://ollama.com/connect?key=abc"}"""));
        assertThat(failure()).hasMessageContaining("'ollama signin'").hasMessageNotContaining("key=abc");
    }

    @Test
    void unwrapsTheWordsOfWhatRunsTheModel() {
        fake.next(FakeOllama.CHAT, Reply.json(400, """
                {"error":"{\\"error\\":{\\"code\\":400,\\"message\\":\\"model does not support multimodal requests.\\",\\"type\\":\\"x\\"}}"}"""));
        PluginFailure failure = failure();
        assertThat(failure).hasMessage("model does not support multimodal requests.");
        assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
    }

    @Test
    void passesOnHowLongToWait() {
        fake.next(FakeOllama.CHAT, Reply.json(429, "{\"error\":\"slow down\"}", "Retry-After", "7"));
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model 'chat:7b' not found", "invalid format: x", "\"chat:7b\" does not support chat"})
    void understandsTheSameWordsInTheMidstOfAnAnswer(String words) {
        fake.next(FakeOllama.CHAT, Reply.lines("{\"error\":\"" + words.replace("\"", "\\\"") + "\"}"));
        assertThat(failure()).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"embeddings\":[[0.1,0.2]]}",
                "{\"embeddings\":[[0.1,0.2],[0.1]]}",
                "{\"embeddings\":[[0.1],[\"x\"]]}",
                "{\"embeddings\":[[],[]]}",
                "{\"embeddings\":[[0.1],[1e99]]}",
                "{}"
            })
    void refusesWhatAreNoVectors(String reply) {
        fake.next(FakeOllama.EMBED, Reply.json(200, reply));
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> ((EmbeddingProvider) provider)
                .embed(EmbeddingRequest.of("embed-small:latest", List.of("a", "b"))));
        assertThat(failure.code()).isEqualTo(FailureCode.BAD_REPLY);
    }

    @Test
    void isDegradedWhileTheServerCannotBeReached() {
        fake.close();
        assertThat(failure().code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(provider.health().state()).isEqualTo(Health.State.DEGRADED);
        assertThat(provider.models()).isNotEmpty();
    }

    private void answer() {
        provider.stream(Requests.chat("Hi"), new ModelEventRecorder());
    }

    private PluginFailure failure() {
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, this::answer);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }
}
