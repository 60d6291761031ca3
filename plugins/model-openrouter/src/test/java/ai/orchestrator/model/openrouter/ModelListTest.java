package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.testkit.LogRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelListTest {
    private static final BigDecimal CHEAP = new BigDecimal("0.000001");

    private final FakeOpenRouter fake = new FakeOpenRouter(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void learnsWhatIsNotConfigured() throws InterruptedException {
        ModelInfo model = learned("acme/chat-large");
        assertThat(model.contextLength()).hasValue(131_072);
        assertThat(model.price()).hasValueSatisfying(price -> {
            assertThat(price.prompt()).contains(CHEAP);
            assertThat(price.completion()).contains(new BigDecimal("0.000003"));
            // a long prompt costs twice as much
            assertThat(price.of(64_000, 0).orElseThrow()).isEqualByComparingTo("0.064");
            assertThat(price.of(64_001, 0).orElseThrow()).isEqualByComparingTo("0.128002");
        });
        assertThat(model.capabilities())
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS, Capability.VISION);
        assertThat(fake.calls(FakeOpenRouter.MODELS).getFirst().header("Authorization"))
                .contains("Bearer " + Providers.KEY);
    }

    @Test
    void doesNotTakeAVaryingPriceForACheapOne() throws InterruptedException {
        ModelInfo model = learned("openrouter/auto");
        assertThat(model.contextLength()).hasValue(2_000_000);
        assertThat(model.price()).contains(Price.unknown());
    }

    @Test
    void knowsWhatIsFree() throws InterruptedException {
        ModelInfo model = learned("acme/free:free");
        assertThat(model.name()).isEqualTo("acme/free:free");
        assertThat(model.price()).isEmpty();
        assertThat(model.contextLength()).isEmpty();
        assertThat(model.capabilities()).containsExactly(Capability.COMPLETION);
    }

    @Test
    void learnsOfAVariantFromItsModelButNotThePrice() throws InterruptedException {
        ModelInfo model = learned("acme/chat-large:nitro");
        assertThat(model.contextLength()).hasValue(131_072);
        assertThat(model.price()).contains(Price.unknown());
    }

    @Test
    void letsTheOperatorsWordsWin() throws InterruptedException {
        Map<String, Object> configured = Map.of(
                "id",
                "acme/chat-large",
                "context",
                8192,
                "price",
                Map.of("prompt", "0.000009"),
                "capabilities",
                List.of("completion"));
        try (ModelProvider provider =
                Providers.create(fake, Map.of("models", List.of(configured, Map.of("id", "openrouter/auto"))))) {
            waitUntil(() -> provider.models().getLast().contextLength().isPresent());
            ModelInfo model = provider.models().getFirst();
            assertThat(model.contextLength()).hasValue(8192);
            assertThat(model.price())
                    .contains(new Price(
                            Optional.of(new BigDecimal("0.000009")), Optional.of(new BigDecimal("0.000003"))));
            assertThat(model.capabilities()).containsExactly(Capability.COMPLETION);
        }
    }

    @Test
    void readsEveryPage() throws InterruptedException {
        fake.next(FakeOpenRouter.MODELS, Reply.json(200, """
                {"data":[{"id":"a/one","context_length":1000,"pricing":{"prompt":"0.1"}}],
                 "links":{"next":"https://elsewhere.example/api/v1/models?offset=1&limit=1"}}"""));
        fake.next(FakeOpenRouter.MODELS, Reply.json(200, """
                {"data":[{"id":"b/two","context_length":2000,"pricing":{"prompt":"much","completion":"0.2"}}]}"""));
        try (ModelProvider provider =
                Providers.create(fake, Map.of("models", List.of(Map.of("id", "a/one"), Map.of("id", "b/two"))))) {
            waitUntil(() -> provider.models().getLast().contextLength().isPresent());
            assertThat(provider.models())
                    .extracting(ModelInfo::contextLength)
                    .containsExactly(OptionalInt.of(1000), OptionalInt.of(2000));
            assertThat(provider.models())
                    .extracting(ModelInfo::price)
                    .containsExactly(
                            Optional.of(new Price(Optional.of(new BigDecimal("0.1")), Optional.empty())),
                            Optional.of(new Price(Optional.empty(), Optional.of(new BigDecimal("0.2")))));
        }
        assertThat(fake.calls(FakeOpenRouter.MODELS).getLast().query()).isEqualTo("offset=1&limit=1");
    }

    @Test
    void worksWithoutTheList() throws InterruptedException {
        fake.always(FakeOpenRouter.MODELS, Reply.whole(502, "text/html", "<html></html>"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            waitUntil(() -> provider.health().detail().contains("could not be read"));
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
            assertThat(provider.models().getFirst().price()).contains(Price.unknown());
            assertThat(provider.models().getFirst().capabilities()).contains(Capability.COMPLETION);
        }
    }

    @Test
    void saysWhichModelsOpenRouterDoesNotList() throws InterruptedException {
        try (ModelProvider provider =
                Providers.create(fake, Map.of("models", List.of(Map.of("id", "acme/chat-lagre"))))) {
            waitUntil(() -> provider.health().detail().contains("OpenRouter does not list acme/chat-lagre"));
            assertThat(provider.models()).hasSize(1);
        }
    }

    @Test
    void keepsTheLastGoodListAndTakesTheNextOne() throws InterruptedException {
        Map<String, Object> settings = Map.of("models", List.of(Map.of("id", "acme/chat-large")), "refresh", "1s");
        try (ModelProvider provider = Providers.create(fake, settings);
                LogRecorder log = new LogRecorder(OfferOfTheTime.class)) {
            waitUntil(() -> provider.models().getFirst().contextLength().isPresent());
            List<ModelInfo> before = provider.models();
            for (Reply bad : List.of(
                    Reply.json(500, "{\"error\":{\"code\":500}}"),
                    Reply.whole(200, "text/html", "<html></html>"),
                    Reply.json(200, "{\"data\":[]}"),
                    Reply.json(200, "{\"models\":[{\"id\":\"acme/chat-large\"}]}"))) {
                int asked = fake.calls(FakeOpenRouter.MODELS).size();
                fake.always(FakeOpenRouter.MODELS, bad);
                waitUntil(() -> fake.calls(FakeOpenRouter.MODELS).size() > asked + 1);
                assertThat(provider.models()).isEqualTo(before);
                assertThat(provider.health().detail()).contains("could not be read");
            }
            fake.always(FakeOpenRouter.MODELS, Reply.json(200, """
                    {"data":[{"id":"acme/chat-large","context_length":9,"pricing":{"prompt":"0.0001","completion":"0.0003"}}]}"""));
            waitUntil(() -> provider.models().getFirst().contextLength().equals(OptionalInt.of(9)));
            assertThat(
                            log.linesWith(
                                    "a million tokens read and written by acme/chat-large:latest cost 400 US dollars now, 4 before"))
                    .hasSize(1);
            assertThat(log.levels()).containsExactly("WARN");
        }
    }

    /** The model as the list describes it, known by the context of another that is configured beside it. */
    private ModelInfo learned(String id) throws InterruptedException {
        String other = id.equals("openrouter/auto") ? "acme/chat-large" : "openrouter/auto";
        List<Map<String, String>> models = Arrays.asList(Map.of("id", id), Map.of("id", other));
        try (ModelProvider provider = Providers.create(fake, Map.of("models", models))) {
            waitUntil(() -> provider.models().getLast().contextLength().isPresent());
            return provider.models().getFirst();
        }
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
