package ai.orchestrator.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.cost.LedgerFeedback.ModelOf;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.routing.YamlRoutingRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelSidesTest {
    private static final RemoteOrigin ELSEWHERE = new RemoteOrigin("m", "https://models.example.org");
    private static final YamlRoutingRules RULES = YamlRoutingRules.parse("routes.yaml", """
            routes:
              - {name: easy, when: {model: auto, complexity: [low, medium]}, then: {model: Own, fallbacks: [test]}}
              - {name: hard, when: {model: auto}, then: {model: far}}
              - {name: asked, then: {model: requested}}
            """, Map.of());

    private final FakeCatalog catalog = new FakeCatalog();

    @Test
    void strongIsWhatCostsOrIsFarAwayWithoutBeingForEasyQuestions() {
        catalog.models.add(dear("dear:latest"));

        assertThat(strong("test:latest", Optional.empty())).isFalse();
        assertThat(strong("own:latest", Optional.of(ELSEWHERE))).isFalse();
        assertThat(strong("far:latest", Optional.of(ELSEWHERE))).isTrue();
        assertThat(strong("dear:latest", Optional.empty())).isTrue();
        assertThat(strong("gone:latest", Optional.empty())).isFalse();
    }

    @Test
    void lowAreTheModelsForEasyQuestionsThatAreThere() {
        assertThat(ModelSides.low(RULES, catalog)).extracting(ModelInfo::name).containsExactly("test:latest");
    }

    private boolean strong(String name, Optional<RemoteOrigin> remote) {
        return ModelSides.isStrong(new ModelOf(name, remote), RULES, catalog);
    }

    private static ModelInfo dear(String name) {
        ModelInfo plain = FakeCatalog.model(name, Capability.COMPLETION);
        return new ModelInfo(
                name,
                plain.digest(),
                0,
                plain.modifiedAt(),
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                plain.capabilities(),
                Optional.empty(),
                Optional.of(Price.perToken(BigDecimal.ONE, BigDecimal.ONE)));
    }
}
