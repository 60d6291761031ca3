package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.RecordedCall;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenRouterProviderTest {
    private static final String AUTO = "openrouter/auto:latest";
    private static final String TEXT_AND_END = """
            {"model":"acme/chat-large-20260901","choices":[{"delta":{"content":"4"},"finish_reason":"stop"}]%s}""";

    private final FakeOpenRouter fake = new FakeOpenRouter(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void hasNothingOnOfferWithoutAKey() {
        try (ModelProvider provider = Providers.create(fake, Map.of("api_key", ""))) {
            assertThat(provider.models()).isEmpty();
            assertThat(provider.health()).isEqualTo(new Health(Health.State.UP, "no API key: cloud models are off"));
            assertThat(provider.whyMissing(AUTO))
                    .hasValueSatisfying(why -> assertThat(why).contains("api_key"));
            assertThat(provider.whyMissing("smollm2:135m")).isEmpty();
            assertThat(failure(provider).code()).isEqualTo(FailureCode.NOT_FOUND);
        }
        assertThat(fake.calls(FakeOpenRouter.MODELS)).isEmpty();
        assertThat(fake.calls(FakeOpenRouter.CHAT)).isEmpty();
    }

    @Test
    void offersTheAutomaticRouterByItself() {
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            ModelInfo model = provider.models().getFirst();
            assertThat(provider.models()).hasSize(1);
            assertThat(model.name()).isEqualTo(AUTO);
            assertThat(model.sizeBytes()).isZero();
            String url = fake.url().toString();
            assertThat(model.remote())
                    .contains(new RemoteOrigin("openrouter/auto", url.substring(0, url.indexOf("/api"))));
        }
    }

    @Test
    void sendsWhatOpenRouterWants() {
        Map<String, Object> settings = Map.of(
                "models",
                List.of(Map.of("id", "acme/chat-large", "name", "large")),
                "referer",
                "https://app.example",
                "title",
                "My App",
                "provider",
                Map.of("sort", "price", "max_price", Map.of("prompt", 1.5), "zdr", true));
        try (ModelProvider provider = Providers.create(fake, settings)) {
            answer(
                    provider,
                    ModelRequest.of("r1", "large:latest", Prompt.user("2+2?"))
                            .withOptions(
                                    SamplingOptions.builder().numPredict(64).build()));
        }
        RecordedCall call = fake.calls(FakeOpenRouter.CHAT).getFirst();
        assertThat(call.header("Authorization")).contains("Bearer " + Providers.KEY);
        assertThat(call.header("HTTP-Referer")).contains("https://app.example");
        assertThat(call.header("X-Title")).contains("My App");
        assertThat(call.header("X-OpenRouter-Title")).contains("My App");
        assertThat(call.header("User-Agent")).contains("ai-orchestrator/test");
        assertThat(call.body())
                .contains("\"model\":\"acme/chat-large\"", "\"max_completion_tokens\":64")
                .contains("\"provider\":{\"max_price\":{\"prompt\":1.5},\"sort\":\"price\",\"zdr\":true}");
    }

    @Test
    void keepsRequestsForFormsAndToolsFromHostsThatWouldPassThemOver() {
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            answer(provider, Requests.tool(Thinking.HIGH));
            answer(provider, request().withFormat(new ResponseFormat.JsonSchema("{\"type\":\"object\"}")));
            answer(provider, request());
        }
        try (ModelProvider provider = Providers.create(fake, Map.of("provider", Map.of("require_parameters", false)))) {
            answer(provider, Requests.tool(Thinking.UNSET));
        }
        List<RecordedCall> calls = fake.calls(FakeOpenRouter.CHAT);
        assertThat(calls.get(0).body())
                .contains("\"provider\":{\"require_parameters\":true}", "\"reasoning_effort\":\"high\"");
        assertThat(calls.get(1).body())
                .contains("\"provider\":{\"require_parameters\":true}", "\"type\":\"json_schema\"");
        assertThat(calls.get(2).body()).doesNotContain("\"provider\"");
        assertThat(calls.get(3).body()).contains("\"provider\":{\"require_parameters\":false}");
    }

    @Test
    void hasNoPromptSqueezedThatMustNotBeCut() {
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            answer(provider, Requests.whole());
            answer(provider, request());
        }
        List<RecordedCall> calls = fake.calls(FakeOpenRouter.CHAT);
        assertThat(calls.getFirst().body())
                .contains("\"plugins\":[{\"enabled\":false,\"id\":\"context-compression\"}]");
        assertThat(calls.getLast().body()).doesNotContain("plugins");
    }

    @Test
    void leavesOutOptionsThatNoHostOfTheModelUnderstands() {
        Map<String, Object> settings = Map.of("models", List.of(Map.of("id", "acme/chat-large")));
        SamplingOptions options = SamplingOptions.builder()
                .numPredict(64)
                .temperature(0.5)
                .topK(4)
                .topP(0.3)
                .minP(0.1)
                .repeatPenalty(1.1)
                .presencePenalty(0.1)
                .frequencyPenalty(0.1)
                .seed(7)
                .stop(List.of("x"))
                .build();
        try (ModelProvider provider = Providers.create(fake, settings)) {
            Eventually.await(
                    "the list",
                    () -> provider.models().getFirst().contextLength().isPresent());
            answer(provider, Requests.to("acme/chat-large:latest").withOptions(options));
        }
        assertThat(fake.calls(FakeOpenRouter.CHAT).getFirst().body())
                .contains("\"max_completion_tokens\":64", "\"temperature\":0.5")
                .doesNotContain("top_k", "top_p", "min_p", "penalty", "seed", "\"stop\"");
    }

    @Test
    void tellsWhatWasChargedAndWhoAnswered() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.frames(TEXT_AND_END.formatted(",\"usage\":{\"prompt_tokens\":18,\"cost\":0.0000315}")));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            Usage usage = answer(provider, request()).finished().usage();
            assertThat(usage.costUsd()).contains(new BigDecimal("0.0000315"));
            assertThat(usage.servedModel()).isEqualTo("acme/chat-large-20260901");
        }
    }

    @Test
    void doesNotTakeAnUntoldCostForZero() {
        fake.next(FakeOpenRouter.CHAT, Reply.frames(TEXT_AND_END.formatted(",\"usage\":{\"prompt_tokens\":18}")));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            assertThat(answer(provider, request()).finished().usage().costUsd()).isEmpty();
        }
    }

    @Test
    void saysThatTheKeyIsRefusedWithoutShowingIt() {
        fake.always(FakeOpenRouter.KEY, Reply.json(500, "{\"error\":{\"code\":500}}"));
        fake.next(FakeOpenRouter.CHAT, Reply.json(401, """
                {"error":{"code":401,"message":"Missing Authentication header for sk-or-v1-secret"}}"""));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            PluginFailure failure = failure(provider);
            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(failure)
                    .hasMessageNotContaining(Providers.KEY)
                    .hasMessageNotContaining("Authentication")
                    .hasMessageContaining("this server is configured with");
            assertThat(provider.health().state()).isEqualTo(Health.State.DOWN);
            assertThat(provider.health().detail()).doesNotContain(Providers.KEY);

            answer(provider, request());
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void isDegradedWhileOpenRouterIsDown() {
        fake.next(
                FakeOpenRouter.CHAT,
                Reply.json(503, "{\"error\":{\"code\":503,\"message\":\"no provider\"}}", "Retry-After", "5"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            assertThat(failure(provider)).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(provider.health().state()).isEqualTo(Health.State.DEGRADED);
        }
    }

    @Test
    void staysWellWhenARequestIsWrong() {
        fake.next(FakeOpenRouter.CHAT, Reply.json(400, "{\"error\":{\"code\":400,\"message\":\"bad\"}}"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            assertThat(failure(provider).code()).isEqualTo(FailureCode.INVALID_REQUEST);
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void hasAnotherDigestWhenTheAnswersMayDiffer() {
        String plain = digest(Map.of());
        assertThat(digest(Map.of("api_key", "sk-or-v1-other", "title", "x"))).isEqualTo(plain);
        assertThat(digest(Map.of("provider", Map.of("quantizations", List.of("int4")))))
                .isNotEqualTo(plain);
        assertThat(digest(Map.of("models", List.of(Map.of("id", "acme/chat-large", "name", "openrouter/auto")))))
                .isNotEqualTo(plain);
        assertThat(digest(Map.of("base_url", fake.url() + "/other"))).isNotEqualTo(plain);
    }

    private String digest(Map<String, Object> settings) {
        try (ModelProvider provider = Providers.create(fake, settings)) {
            return provider.models().getFirst().digest();
        }
    }

    private static ModelRequest request() {
        return ModelRequest.of("r1", AUTO, Prompt.user("2+2?"));
    }

    private static ModelEventRecorder answer(ModelProvider provider, ModelRequest request) {
        ModelEventRecorder events = new ModelEventRecorder();
        provider.stream(request, events);
        return events;
    }

    private static PluginFailure failure(ModelProvider provider) {
        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> answer(provider, request()));
        return Optional.ofNullable(failure).orElseThrow(() -> new AssertionError("the call did not fail"));
    }
}
