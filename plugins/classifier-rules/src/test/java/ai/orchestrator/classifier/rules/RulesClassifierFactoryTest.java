package ai.orchestrator.classifier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.Question;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesClassifierFactoryTest {
    private static final Question FACT = Question.of("Who wrote Middlemarch?");

    private final RulesClassifierFactory factory = new RulesClassifierFactory();

    @Test
    void is_of_the_kind_rules() {
        assertThat(factory.kind()).isEqualTo("rules");
    }

    @Test
    void reads_every_setting() {
        Settings settings = Settings.of(Map.of("low_below", 1.5, "high_from", 8));
        factory.create(context(settings)).close();

        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void holds_the_points_against_the_thresholds() {
        assertThat(complexity(Map.of())).isEqualTo(Complexity.MEDIUM);
        assertThat(complexity(Map.of("low_below", 4))).isEqualTo(Complexity.LOW);
        assertThat(complexity(Map.of("high_from", 2.5))).isEqualTo(Complexity.HIGH);
    }

    @ParameterizedTest
    @CsvSource({"low_below, some", "low_below, 1001", "high_from, -1001", "high_from, 1", "low_below, 6"})
    void refuses_bad_thresholds(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> factory.create(context(Settings.of(Map.of(name, value)))))
                .withMessageContaining("expected");
    }

    private Complexity complexity(Map<String, Object> settings) {
        return factory.create(context(Settings.of(settings))).classify(FACT).complexity();
    }

    private static PluginContext context(Settings settings) {
        return new PluginContext("rules", settings, Path.of("."), "test");
    }
}
