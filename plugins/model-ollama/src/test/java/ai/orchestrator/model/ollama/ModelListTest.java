package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.fakes.FakeOllama;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelListTest {
    private static final String DIGEST = "365c0bd3c000a25d28ddbf732fe1c6add414de7275464c4e4d1c3b5fcb5d8ad1";

    private final FakeOllama fake = new FakeOllama(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void offersWhatTheServerHas() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of("api_key", "secret"))) {
            assertThat(provider.models())
                    .extracting(ModelInfo::name)
                    .containsExactly("chat:7b", "embed-small:latest", "huge:cloud");
            ModelInfo chat = provider.models().getFirst();
            assertThat(chat.digest()).isEqualTo(DIGEST);
            assertThat(chat.sizeBytes()).isZero();
            assertThat(chat.modifiedAt()).isEqualTo(Instant.parse("2026-08-22T01:48:22.933550Z"));
            assertThat(chat.format()).isEqualTo("gguf");
            assertThat(chat.families()).containsExactly("llama");
            assertThat(chat.parameterSize()).isEqualTo("7.2B");
            assertThat(chat.quantization()).isEqualTo("Q4_0");
            assertThat(chat.contextLength()).hasValue(8192);
            assertThat(chat.capabilities()).isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.EMBEDDING)));
            assertThat(chat.remote())
                    .contains(new RemoteOrigin("chat:7b", fake.url().toString()));
            assertThat(chat.price()).isEmpty();

            ModelInfo embedder = provider.models().get(1);
            assertThat(embedder.capabilities()).isEqualTo(Set.of(Capability.EMBEDDING));
            assertThat(embedder.embeddingLength()).hasValue(32);
        }
        assertThat(fake.calls(FakeOllama.TAGS).getFirst().header("Authorization"))
                .contains("Bearer secret");
    }

    @Test
    void tellsWhereAModelOfTheServerReallyRunsAndDoesNotTakeItForFree() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            ModelInfo huge = provider.models().getLast();
            assertThat(huge.remote()).contains(new RemoteOrigin("huge:671b", "https://ollama.com:443"));
            assertThat(huge.price()).contains(Price.unknown());
        }
    }

    @Test
    void asksForAModelOnlyOnceAndOnlyForWhatTheListLeavesOut() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of("refresh", "1s"))) {
            Eventually.await("another list", () -> fake.calls(FakeOllama.TAGS).size() > 2);
            assertThat(provider.models().getFirst().contextLength()).hasValue(8192);
        }
        // the model in a cloud tells no context either way
        assertThat(fake.calls(FakeOllama.SHOW))
                .extracting(call -> call.body())
                .containsExactly("{\"model\":\"chat:7b\"}", "{\"model\":\"huge:cloud\"}");
    }

    @Test
    void asksAgainWhenAnotherModelHasTheName() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of("refresh", "1s"))) {
            fake.always(FakeOllama.SHOW, Reply.json(200, """
                    {"model_info":{"general.architecture":"qwen3","qwen3.context_length":40960},"capabilities":["completion"]}"""));
            fake.always(FakeOllama.TAGS, Reply.json(200, """
                    {"models":[{"name":"chat:7b","digest":"sha256:%s"}]}""".formatted("ab".repeat(32))));
            Eventually.await("the new model", () -> provider.models().size() == 1);
            ModelInfo chat = provider.models().getFirst();
            assertThat(chat.digest()).isEqualTo("ab".repeat(32));
            assertThat(chat.contextLength()).hasValue(40_960);
            assertThat(chat.capabilities()).isEqualTo(Set.of(Capability.COMPLETION));
        }
    }

    @Test
    void offersOnlyWhatIsConfiguredUnderItsOwnNames() {
        Map<String, Object> settings = Map.of(
                "models",
                List.of(
                        Map.of("id", "Chat:7B", "name", "Big", "context", 100, "capabilities", List.of("completion")),
                        Map.of("id", "embed-small"),
                        Map.of("id", "gone:3b", "name", "lost")),
                "price",
                Map.of("prompt", "0.1", "completion", "0.5"));
        try (ModelProvider provider = Providers.create(fake, settings)) {
            Eventually.await("the list", () -> provider.models().size() == 2);
            assertThat(provider.models())
                    .extracting(ModelInfo::name)
                    .containsExactly("big:latest", "embed-small:latest");
            ModelInfo big = provider.models().getFirst();
            assertThat(big.contextLength()).hasValue(100);
            assertThat(big.capabilities()).isEqualTo(Set.of(Capability.COMPLETION));
            assertThat(big.price()).contains(Price.perToken(new BigDecimal("0.1"), new BigDecimal("0.5")));
            assertThat(big.digest()).isEqualTo(DIGEST);
            Eventually.await("what is missing", () -> provider.health().detail().contains("does not have gone:3b"));
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
            assertThat(provider.whyMissing("lost:latest"))
                    .hasValueSatisfying(why -> assertThat(why).contains("ollama pull gone:3b"));
            assertThat(provider.whyMissing("big:latest")).isEmpty();
            assertThat(provider.whyMissing("other:latest")).isEmpty();
        }
    }

    @Test
    void aPriceOfZeroIsFreeWhereverTheModelRuns() {
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
            for (Reply bad : List.of(
                    Reply.json(500, "{\"error\":\"out of order\"}"),
                    Reply.whole(200, "text/html", "<html>a page</html>"),
                    Reply.json(200, "{\"models\":\"soon\"}"))) {
                int asked = fake.calls(FakeOllama.TAGS).size();
                fake.always(FakeOllama.TAGS, bad);
                Eventually.await("more tries", () -> fake.calls(FakeOllama.TAGS).size() > asked + 1);
                assertThat(provider.health().detail()).contains("could not be read");
                assertThat(provider.models()).isEqualTo(before);
            }
            fake.always(FakeOllama.TAGS, Reply.json(200, "{\"models\":null}"));
            Eventually.await("the good news", () -> provider.models().isEmpty());
            Eventually.await("a clean state", () -> provider.health().detail().isEmpty());
        }
    }

    @Test
    void offersWhatIsConfiguredUntilTheServerIsThere() {
        fake.always(FakeOllama.TAGS, Reply.json(503, "{\"error\":\"starting\"}"));
        try (ModelProvider provider =
                Providers.create(fake, Map.of("models", List.of(Map.of("id", "chat:7b")), "refresh", "1s"))) {
            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("chat:7b");
            assertThat(provider.models().getFirst().digest()).matches("[0-9a-f]{64}");
            fake.always(FakeOllama.TAGS, Reply.json(200, "{\"models\":[]}"));
            Eventually.await("the empty list", () -> provider.models().isEmpty());
            assertThat(provider.whyMissing("chat:7b")).isPresent();
        }
    }

    @Test
    void hasAnotherDigestWhereOptionsAreSet() {
        assertThat(digest(Map.of("keep_alive", "1h"))).isEqualTo(DIGEST);
        String withOptions = digest(Map.of("options", Map.of("temperature", 0)));
        assertThat(withOptions).matches("[0-9a-f]{64}").isNotEqualTo(DIGEST);
        assertThat(digest(Map.of("options", Map.of("temperature", 1)))).isNotEqualTo(withOptions);
    }

    @Test
    void describesAModel() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            Optional<ModelDescription> described = provider.describe("chat:7b");
            assertThat(described).hasValueSatisfying(more -> {
                assertThat(more.license()).isEqualTo("MIT");
                assertThat(more.template()).isEqualTo("{{ .Prompt }}");
                assertThat(more.parameters()).startsWith("stop ");
                assertThat(more.metadataJson())
                        .contains("\"llama.context_length\":8192")
                        .doesNotContain("tokens");
            });
            fake.next(FakeOllama.SHOW, Reply.json(500, "{\"error\":\"broken\"}"));
            assertThat(provider.describe("chat:7b")).isEmpty();
        }
    }

    private String digest(Map<String, Object> more) {
        try (ModelProvider provider = Providers.discovered(fake, more)) {
            return provider.models().getFirst().digest();
        }
    }
}
