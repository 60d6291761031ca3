package ai.orchestrator.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheapestFirstTest {
    private static final ModelInfo DEAR = model("dear", 100_000, price("0.00001", "0.00003"), Capability.VISION);
    private static final ModelInfo CHEAP = model("cheap", 8_000, price("0.000001", "0.000002"));
    private static final ModelInfo UNKNOWN = model("unknown", 100_000, Optional.of(Price.unknown()));
    private static final ModelInfo FREE = model("free", 2_000, Optional.empty());

    private static Optional<Price> price(String prompt, String completion) {
        return Optional.of(Price.perToken(new BigDecimal(prompt), new BigDecimal(completion)));
    }

    private static ModelInfo model(String name, int context, Optional<Price> price, Capability... more) {
        Set<Capability> capabilities = new HashSet<>(Set.of(more));
        capabilities.add(Capability.COMPLETION);
        return new ModelInfo(
                name + ":latest",
                "0".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.of(context),
                OptionalInt.empty(),
                capabilities,
                Optional.of(new RemoteOrigin(name, "https://cloud.example")),
                price);
    }

    private static List<String> sorted(ChatRequest request, ModelInfo... models) {
        return CheapestFirst.of(request).sort(List.of(models)).stream()
                .map(ModelInfo::name)
                .toList();
    }

    @Test
    void theCheapestComesFirstAndOneOfUnknownPriceLast() {
        assertThat(sorted(Fakes.ask("auto", "Why?"), UNKNOWN, DEAR, CHEAP, FREE))
                .containsExactly("free:latest", "cheap:latest", "dear:latest", "unknown:latest");
    }

    @Test
    void oneWhoseContextIsTooShortIsLeftOut() {
        assertThat(sorted(Fakes.ask("auto", "x".repeat(40_000)), UNKNOWN, CHEAP, FREE, DEAR))
                .containsExactly("dear:latest", "unknown:latest");
    }

    @Test
    void oneThatCannotSeeIsLeftOutWhereThereIsAnImage() {
        ChatRequest request = ChatRequest.of(
                "r",
                "auto",
                new Prompt.Chat(List.of(
                        new Message("user", "What?", "", List.of(new Image(new byte[] {1})), List.of(), "", ""))));

        assertThat(sorted(request, FREE, DEAR)).containsExactly("dear:latest");
    }

    @Test
    void whereNoneFitsAllAreLeftAsTheyStand() {
        assertThat(sorted(Fakes.ask("auto", "x".repeat(1_000_000)), DEAR, FREE, CHEAP))
                .containsExactly("dear:latest", "free:latest", "cheap:latest");
    }

    @Test
    void anEstimateCountsPromptAndAnswer() {
        assertThat(CheapestFirst.of(Fakes.ask("auto", "x".repeat(400))).cost(CHEAP))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.000904"));
        assertThat(CheapestFirst.of(Fakes.ask("auto", "x")).cost(UNKNOWN)).isEmpty();
    }
}
