package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.search.TimeWords;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files under {@code config} that every installation starts with. */
class ShippedRoutesTest {
    private static final Path CONFIG = Path.of("..", "config");

    private final YamlRoutingRules rules = YamlRoutingRules.load(CONFIG.resolve("routes.yaml"), Map.of());

    @Test
    void easyQuestionsStayLocal() {
        assertThat(rules.plan(Requests.named("auto"), Requests.verdict(Complexity.LOW)))
                .isEqualTo(new RoutePlan("low", List.of("smollm2:135m"), false, Optional.empty()));
    }

    @Test
    void questionsForFactsAreSearchedFor() {
        assertThat(rules.plan(Requests.named("AUTO:latest"), Requests.verdict(Complexity.MEDIUM)))
                .isEqualTo(new RoutePlan("medium", List.of("smollm2:135m"), true, Optional.empty()));
    }

    @Test
    void hardQuestionsGoToTheCloudAndFallBack() {
        assertThat(rules.plan(Requests.named("auto"), Requests.verdict(Complexity.HIGH)))
                .isEqualTo(new RoutePlan(
                        "high", List.of("openrouter/auto:latest", "smollm2:135m"), true, Optional.empty()));
    }

    @Test
    void theOldVariableStillChoosesTheCloudModel() {
        YamlRoutingRules others = YamlRoutingRules.load(
                CONFIG.resolve("routes.yaml"), Map.of("OPENROUTER_DEFAULT_MODEL", "openai/gpt-5"));
        assertThat(others.plan(Requests.named("auto"), Requests.verdict(Complexity.HIGH))
                        .models())
                .containsExactly("openai/gpt-5:latest", "smollm2:135m");
        assertThat(others.fingerprint()).isNotEqualTo(rules.fingerprint());
    }

    @Test
    void aNamedModelIsLeftAsItIsAndNeedsNoClassifier() {
        assertThat(rules.needsComplexity(Requests.named("Mistral"))).isFalse();
        assertThat(rules.plan(Requests.named("Mistral"), Optional.empty()))
                .isEqualTo(new RoutePlan("as-asked", List.of("mistral:latest"), false, Optional.empty()));
        assertThat(rules.needsComplexity(Requests.named("auto"))).isTrue();
    }

    @Test
    void schemaAndReaderKnowTheSameKeys() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(CONFIG.resolve("routes.schema.json")));
        JsonNode parts = schema.path("definitions");

        assertThat(keys(schema)).containsExactlyInAnyOrderElementsOf(RulesReader.TOP_KEYS);
        assertThat(keys(parts.path("route"))).containsExactlyInAnyOrderElementsOf(RuleReader.RULE_KEYS);
        assertThat(keys(parts.path("when")))
                .containsExactlyInAnyOrderElementsOf(new Conditions(new TimeWords(InstantSource.system())).keys());
        assertThat(keys(parts.path("then"))).containsExactlyInAnyOrderElementsOf(RuleReader.THEN_KEYS);
        assertThat(keys(parts.path("cache"))).containsExactlyInAnyOrderElementsOf(RuleReader.CACHE_KEYS);
    }

    private static List<String> keys(JsonNode part) {
        assertThat(part.path("additionalProperties").asBoolean(true)).isFalse();
        List<String> keys = new ArrayList<>();
        part.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
