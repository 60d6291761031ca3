package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationLookupTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final FakeOpenRouter fake = new FakeOpenRouter(0);
    private final OpenRouterSettings settings = OpenRouterSettings.read(Providers.context(
            Settings.of(Map.of("api_key", Providers.KEY, "base_url", fake.url().toString()))));
    private final ChatCompletions client = new ChatCompletions(settings.endpoint(), settings.dialect());
    private final List<Usage> bills = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        fake.close();
    }

    @Test
    void givesUpAfterAFewQuestions() {
        try (LogRecorder log = new LogRecorder(GenerationLookup.class);
                GenerationLookup lookup = new GenerationLookup(client, "cloud", List.of(SHORT, SHORT, SHORT, SHORT))) {
            lookup.ask("gen-unknown", bills::add);
            Eventually.await("the end", () -> !log.linesWith("does not tell what gen-unknown cost")
                    .isEmpty());
        }
        assertThat(fake.calls(FakeOpenRouter.GENERATION)).hasSize(4);
        assertThat(bills).isEmpty();
    }

    /** What is written down first may still lack the cost. */
    @Test
    void asksAgainWhereTheCostIsNotThereYetOrCannotBe() {
        fake.next(FakeOpenRouter.GENERATION, Reply.json(200, "{\"data\":{\"id\":\"gen-9\",\"total_cost\":null}}"))
                .next(FakeOpenRouter.GENERATION, Reply.json(200, "{\"data\":{\"id\":\"gen-9\",\"total_cost\":-1}}"))
                .next(FakeOpenRouter.GENERATION, Reply.json(200, "{\"data\":{\"id\":\"gen-9\",\"total_cost\":0}}"));
        try (GenerationLookup lookup = new GenerationLookup(client, "cloud", List.of(SHORT, SHORT, SHORT, SHORT))) {
            lookup.ask("gen-9", bills::add);
            Eventually.await("the bill", () -> !bills.isEmpty());
        }
        assertThat(bills)
                .singleElement()
                .satisfies(bill -> assertThat(bill.costUsd().orElseThrow()).isZero());
    }

    @Test
    void asksNobodyAfterItWasClosed() {
        GenerationLookup lookup = new GenerationLookup(client, "cloud", List.of(Duration.ofHours(1)));
        lookup.ask("gen-9", bills::add);
        lookup.close();
        lookup.ask("gen-10", bills::add);
        assertThat(bills).isEmpty();
        assertThat(fake.calls(FakeOpenRouter.GENERATION)).isEmpty();
    }
}
