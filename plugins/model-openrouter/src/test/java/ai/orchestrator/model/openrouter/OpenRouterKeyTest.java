package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the API key is doing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenRouterKeyTest {
    private final FakeOpenRouter fake = new FakeOpenRouter(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'limit':20,'limit_remaining':12.567,'limit_reset':'monthly','usage':7.5}|UP|credit left: 12.56 of 20.00 US dollars, renewed monthly",
                "{'limit':null,'limit_remaining':null,'is_free_tier':true,'free_model_daily_requests':{'used':8,'limit':50,'remaining':42}}|UP|the account has bought no credit; 42 requests of free models left today",
                "{'limit':20,'limit_remaining':0,'limit_reset':'daily'}|DEGRADED|the credit of the API key is used up, renewed daily",
                "{'limit':20,'limit_remaining':-0.5}|DEGRADED|the credit of the API key is used up",
                "{'limit':null,'expires_at':'2020-01-01T00:00:00Z'}|DOWN|the API key expired at 2020-01-01T00:00:00Z",
                "{'limit':null,'expires_at':'2126-01-01T00:00:00+00:00'}|UP|the API key expires at 2126-01-01T00:00:00Z"
            })
    void tellsTheStateInWords(String data, Health.State state, String words) {
        fake.always(FakeOpenRouter.KEY, Reply.json(200, "{\"data\":" + data.replace('\'', '"') + "}"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            Eventually.await("the key's state", () -> provider.health().equals(new Health(state, words)));
        }
        assertThat(fake.calls(FakeOpenRouter.KEY).getFirst().header("Authorization"))
                .contains("Bearer " + Providers.KEY);
    }

    @Test
    void saysNothingOfAKeyWithoutALimit() {
        fake.always(FakeOpenRouter.KEY, Reply.json(200, "{\"data\":{\"limit\":null,\"limit_remaining\":null}}"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            Eventually.await(
                    "the question", () -> !fake.calls(FakeOpenRouter.KEY).isEmpty());
            assertThat(provider.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void isDownWhileTheKeyIsRefusedAndComesBack() {
        fake.always(FakeOpenRouter.KEY, Reply.json(401, "{\"error\":{\"code\":401,\"message\":\"User not found.\"}}"));
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            Eventually.await("the bad news", () -> provider.health().state() == Health.State.DOWN);
            assertThat(provider.health().detail())
                    .contains("does not accept the API key")
                    .doesNotContain(Providers.KEY);
            // requests are not held up by it, and one that goes well has the key looked at again
            fake.always(FakeOpenRouter.KEY, Reply.json(200, "{\"data\":{\"limit\":null}}"));
            provider.stream(Requests.chat("Hi"), new ModelEventRecorder());
            Eventually.await("the good news", () -> provider.health().state() == Health.State.UP);
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "402", "403"})
    void looksAgainWhenACallIsRefused(int status) {
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            Eventually.await(
                    "the first look", () -> fake.calls(FakeOpenRouter.KEY).size() == 1);
            fake.next(
                    FakeOpenRouter.CHAT,
                    Reply.json(status, "{\"error\":{\"code\":" + status + ",\"message\":\"no\"}}"));
            assertThat(catchThrowableOfType(
                            PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), new ModelEventRecorder())))
                    .isNotNull();
            Eventually.await(
                    "another look", () -> fake.calls(FakeOpenRouter.KEY).size() == 2);
        }
    }

    @Test
    void doesNotMindAGatewayThatHasNoSuchPathOrStalls() {
        fake.next(FakeOpenRouter.KEY, Reply.json(404, "{\"error\":\"not here\"}"));
        fake.always(FakeOpenRouter.KEY, Reply.silent());
        try (ModelProvider provider = Providers.create(fake, Map.of())) {
            ModelEventRecorder events = new ModelEventRecorder();
            provider.stream(Requests.chat("Hi"), events);
            assertThat(events.finished()).isNotNull();
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
        }
    }
}
