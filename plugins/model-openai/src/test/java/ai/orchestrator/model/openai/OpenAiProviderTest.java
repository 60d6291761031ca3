package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.testkit.LogRecorder;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import ai.orchestrator.testkit.fakes.RecordedCall;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers of different kinds do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenAiProviderTest {
    private static final String CHAT = "acme/chat-7b:latest";

    private final FakeOpenAi fake = new FakeOpenAi(0);
    private final ModelProvider provider = create(Map.of());

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @Test
    void sendsTheServersNameAndTheOperatorsExtras() {
        Map<String, Object> settings =
                Map.of("request", Map.of("priority", 3), "headers", Map.of("X-Team", "blue"), "api_key", "sk-secret");
        try (ModelProvider other = create(settings)) {
            answer(other, request());
        }
        RecordedCall call = fake.calls(FakeOpenAi.CHAT).getFirst();
        assertThat(call.body()).contains("\"model\":\"acme/chat-7b\"", "\"priority\":3");
        assertThat(call.header("X-Team")).contains("blue");
        assertThat(call.header("User-Agent")).contains("ai-orchestrator/test");
        assertThat(call.header("Authorization")).contains("Bearer sk-secret");
        assertThat(call.header("Upgrade")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error\":\"Unauthorized\"}|CREDENTIALS|DOWN",
                "401|{\"error\":{\"code\":401,\"message\":\"Invalid API Key\",\"type\":\"authentication_error\"}}|CREDENTIALS|DOWN",
                "404|{\"error\":{\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"code\":404}}|NOT_FOUND|UP",
                "404|{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"code\":404}|NOT_FOUND|UP",
                "200|{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"code\":404}|NOT_FOUND|UP",
                "400|{\"error\":{\"code\":400,\"message\":\"too big\",\"type\":\"exceed_context_size_error\",\"n_ctx\":64}}|CONTEXT_LENGTH|UP",
                "400|{\"error\":{\"message\":\"This model's maximum context length is 64 tokens\",\"type\":\"BadRequestError\"}}|CONTEXT_LENGTH|UP",
                "400|{\"error\":{\"message\":\"auto tool choice needs a parser\",\"type\":\"BadRequestError\",\"code\":400}}|INVALID_REQUEST|UP",
                "501|{\"error\":{\"code\":501,\"message\":\"no\",\"type\":\"not_supported_error\"}}|UNSUPPORTED|UP",
                "503|{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}|STARTING|UP",
                "502|<html>bad gateway</html>|UNAVAILABLE|DEGRADED"
            })
    void understandsEveryRefusal(int status, String body, FailureCode code, Health.State state) {
        fake.next(FakeOpenAi.CHAT, Reply.json(status, body));
        assertThat(failure(request()).code()).isEqualTo(code);
        assertThat(provider.health().state()).isEqualTo(state);
        assertThat(answer(provider, request()).text()).isNotBlank();
        assertThat(provider.health().state()).isEqualTo(Health.State.UP);
    }

    @ParameterizedTest
    @CsvSource({"0.00002,0.00002,false", "0.5,0.5,true", "500,,true", "-1,,true"})
    void takesACostThatAGatewayTellsUnlessItCannotBe(String told, String booked, boolean warned) {
        fake.next(FakeOpenAi.CHAT, Reply.frames("""
                {"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":1,"cost":%s}}""".formatted(told)));
        try (ModelProvider other = create(Map.of("price", Map.of("prompt", "0.000001", "completion", "0.000003")));
                LogRecorder log = new LogRecorder(Doubts.class)) {
            Optional<BigDecimal> cost =
                    answer(other, request()).finished().usage().costUsd();
            assertThat(cost.map(BigDecimal::toPlainString)).isEqualTo(Optional.ofNullable(booked));
            assertThat(log.lines()).hasSize(warned ? 1 : 0);
        }
    }

    @Test
    void tellsTheProbabilitiesOfTokens() {
        ModelEventRecorder answer = answer(provider, logprobs());
        ModelEvent.Text first = (ModelEvent.Text) answer.events().getFirst();
        assertThat(first.logprobs()).singleElement().satisfies(logprob -> {
            assertThat(logprob.token()).isEqualTo(first.text());
            assertThat(logprob.top())
                    .extracting(TokenLogprob.Alternative::token)
                    .containsExactly(first.text());
        });
    }

    @Test
    void refusesProbabilitiesThatTheServerLeavesOut() {
        fake.next(FakeOpenAi.CHAT, Reply.frames("""
                {"choices":[{"delta":{"content":"4"},"logprobs":null,"finish_reason":"stop"}]}"""));
        assertThat(failure(logprobs()).code()).isEqualTo(FailureCode.UNSUPPORTED);
    }

    @Test
    void fillsInBetweenWhereTheModelIsSaidTo() {
        ModelRequest insert = ModelRequest.of("r1", CHAT, new Prompt.Insert("a", "b"));
        assertThat(failure(insert).code()).isEqualTo(FailureCode.UNSUPPORTED);
        try (ModelProvider other = create(Map.of("capabilities", List.of("completion", "insert")))) {
            assertThat(answer(other, insert).text()).isNotBlank();
        }
        assertThat(fake.calls(FakeOpenAi.COMPLETIONS).getFirst().body()).contains("\"prompt\":\"a\",\"suffix\":\"b\"");
    }

    @Test
    void doesNotEmbedWithAModelThatDoesNot() {
        EmbeddingProvider embedder = (EmbeddingProvider) provider;
        PluginFailure failure = catchThrowableOfType(
                PluginFailure.class, () -> embedder.embed(EmbeddingRequest.of(CHAT, List.of("text"))));
        assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(fake.calls(FakeOpenAi.EMBEDDINGS)).isEmpty();
    }

    @Test
    void isDegradedWhileTheServerCannotBeReached() {
        fake.close();
        assertThat(failure(request()).code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(provider.health().state()).isEqualTo(Health.State.DEGRADED);
        assertThat(provider.models()).isNotEmpty();
    }

    private ModelProvider create(Map<String, Object> more) {
        Map<String, Object> settings = new TreeMap<>(more);
        settings.put("models", List.of(Map.of("id", "acme/chat-7b")));
        return Providers.create(fake, settings);
    }

    private static ModelRequest request() {
        return ModelRequest.of("r1", CHAT, Prompt.user("2+2?"));
    }

    private static ModelRequest logprobs() {
        return new ModelRequest(
                "r1",
                CHAT,
                Prompt.user("2+2?"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                OptionalInt.of(1),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)));
    }

    private static ModelEventRecorder answer(ModelProvider provider, ModelRequest request) {
        ModelEventRecorder events = new ModelEventRecorder();
        provider.stream(request, events);
        return events;
    }

    private PluginFailure failure(ModelRequest request) {
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> answer(provider, request));
        return Optional.ofNullable(failure).orElseThrow(() -> new AssertionError("the call did not fail"));
    }
}
