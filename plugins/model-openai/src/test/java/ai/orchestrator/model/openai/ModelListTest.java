package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.fakes.FakeOpenAi;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelListTest {
    private final FakeOpenAi fake = new FakeOpenAi(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void offersWhatTheServerLists() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of("api_key", "sk-secret"))) {
            assertThat(provider.models())
                    .extracting(ModelInfo::name)
                    .containsExactly("acme/chat-7b:latest", "acme/embed-small:latest");
            ModelInfo chat = provider.models().getFirst();
            assertThat(chat.contextLength()).isEqualTo(OptionalInt.of(8192));
            assertThat(chat.capabilities()).isEqualTo(Set.of(Capability.COMPLETION, Capability.TOOLS));
            assertThat(chat.price()).contains(Price.unknown());
            String url = fake.url().toString();
            assertThat(chat.remote()).contains(new RemoteOrigin("acme/chat-7b", url.replace("/v1", "")));
            assertThat(provider.models().getLast().capabilities()).isEqualTo(Set.of(Capability.EMBEDDING));
        }
        assertThat(fake.calls(FakeOpenAi.MODELS).getFirst().header("Authorization"))
                .contains("Bearer sk-secret");
    }

    @Test
    void readsWhatOtherServersTell() {
        fake.always(FakeOpenAi.MODELS, Reply.json(200, """
                {"object":"list","data":[
                  {"id":"/srv/models/Qwen 3.Q4.gguf","meta":{"n_ctx_train":40960},"capabilities":["completion","multimodal"]},
                  {"id":"a:b:c","max_context_length":"4096"},
                  {"id":"a:b-c"},{"id":" "},{"object":"model"},7]}"""));
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("qwen-3.q4:latest", "a:b-c");
            assertThat(provider.models())
                    .extracting(ModelInfo::contextLength)
                    .containsExactly(OptionalInt.of(40_960), OptionalInt.of(4096));
            assertThat(provider.models().getFirst().capabilities())
                    .isEqualTo(Set.of(Capability.COMPLETION, Capability.VISION));
        }
    }

    @Test
    void offersOnlyWhatIsConfigured() {
        Map<String, Object> big = Map.of("id", "acme/chat-7b", "name", "big", "context", 100);
        Map<String, Object> settings = Map.of(
                "models",
                List.of(big, Map.of("id", "acme/gone", "capabilities", List.of("thinking"))),
                "capabilities",
                List.of("completion"),
                "price",
                Map.of("prompt", 0, "completion", "0.5"));
        try (ModelProvider provider = Providers.create(fake, settings)) {
            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("big:latest", "acme/gone:latest");
            assertThat(provider.models().getFirst().contextLength()).hasValue(100);
            assertThat(provider.models().getFirst().capabilities()).isEqualTo(Set.of(Capability.COMPLETION));
            assertThat(provider.models().getLast().capabilities()).isEqualTo(Set.of(Capability.THINKING));
            assertThat(provider.models().getFirst().price())
                    .contains(Price.perToken(BigDecimal.ZERO, new BigDecimal("0.5")));
            Eventually.await(
                    "what the list lacks", () -> provider.health().detail().contains("does not list acme/gone"));
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void aPriceOfZeroIsFree() {
        Map<String, Object> free = Map.of("price", Map.of("prompt", 0, "completion", 0));
        try (ModelProvider provider = Providers.discovered(fake, free)) {
            assertThat(provider.models())
                    .allSatisfy(model -> assertThat(model.price()).isEmpty());
        }
    }

    @Test
    void keepsTheLastGoodList() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of("refresh", "1s"))) {
            List<ModelInfo> before = provider.models();
            fake.always(FakeOpenAi.MODELS, Reply.json(500, "{\"error\":{\"message\":\"out of order\"}}"));
            Eventually.await("the failure", () -> provider.health().detail().contains("out of order"));
            assertThat(provider.models()).isEqualTo(before);

            fake.always(FakeOpenAi.MODELS, Reply.json(200, "{\"data\":[{\"id\":\"acme/new\"}]}"));
            Eventually.await(
                    "the new list", () -> provider.models().getFirst().name().equals("acme/new:latest"));
            Eventually.await("the good news", () -> provider.health().detail().isEmpty());
        }
    }

    @Test
    void startsWithoutTheServer() {
        fake.next(FakeOpenAi.MODELS, Reply.json(200, "{\"data\":\"soon\"}"));
        fake.always(FakeOpenAi.MODELS, Reply.json(503, "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}"));
        try (ModelProvider provider = Providers.create(fake, Map.of("refresh", "1s"))) {
            assertThat(provider.models()).isEmpty();
            Eventually.await("the reason", () -> provider.health().detail().contains("Loading model"));
            assertThat(provider.models()).isEmpty();
        }
    }

    @Test
    void hasAnotherDigestWhenTheAnswersMayDiffer() {
        String plain = digest(Map.of());
        assertThat(digest(Map.of("api_key", "sk-other", "price", Map.of("prompt", 1))))
                .isEqualTo(plain);
        assertThat(digest(Map.of("dialect", "vllm"))).isNotEqualTo(plain);
        assertThat(digest(Map.of("request", Map.of("priority", 1)))).isNotEqualTo(plain);
        assertThat(digest(Map.of("url", fake.url() + "/other"))).isNotEqualTo(plain);
    }

    @Test
    void hasAnotherDigestWhenOtherWeightsHaveTheId() {
        String before = listed("\"root\":\"/models/a\",\"created\":1700000000,\"meta\":{\"size\":7,\"n_ctx\":4096}");
        assertThat(listed("\"root\":\"/models/a\",\"created\":1700000000,\"meta\":{\"size\":7,\"n_ctx\":512}"))
                .isEqualTo(before);
        assertThat(listed("\"root\":\"/models/b\",\"created\":1700000000,\"meta\":{\"size\":7}"))
                .isNotEqualTo(before);
        assertThat(listed("\"root\":\"/models/a\",\"created\":1700000000,\"meta\":{\"size\":8}"))
                .isNotEqualTo(before);
        assertThat(listed("\"root\":\"/models/a\",\"created\":1700000001,\"meta\":{\"size\":7}"))
                .isNotEqualTo(before);
    }

    @Test
    void doesNotMindAServerThatSaysNowWhenAskedForATime() {
        long now = Instant.now().getEpochSecond();
        assertThat(listed("\"created\":" + now)).isEqualTo(listed("\"created\":" + (now - 5)));
    }

    private String listed(String members) {
        fake.always(FakeOpenAi.MODELS, Reply.json(200, "{\"data\":[{\"id\":\"acme/chat-7b\"," + members + "}]}"));
        return digest(Map.of());
    }

    private String digest(Map<String, Object> more) {
        Map<String, Object> settings = new TreeMap<>(more);
        settings.put("models", List.of(Map.of("id", "acme/chat-7b")));
        try (ModelProvider provider = Providers.create(fake, settings)) {
            return provider.models().getFirst().digest();
        }
    }
}
