package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniLmFactoryTest {
    private final MiniLmFactory factory = new MiniLmFactory();

    @TempDir
    Path home;

    @Test
    void is_of_the_kind_minilm() {
        assertThat(factory.kind()).isEqualTo("minilm");
    }

    @Test
    void needs_no_settings_and_touches_nothing() {
        factory.create(context(Settings.of(Map.of()))).close();

        assertThat(home).isEmptyDirectory();
    }

    @Test
    void reads_every_setting() {
        Settings settings = Settings.of(Map.of("threads", 3, "queue", 10));
        factory.create(context(settings)).close();

        assertThat(settings.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"threads, 0", "threads, 65", "threads, two", "queue, 0", "queue, 10001"})
    void refuses_a_bad_value_by_its_name(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> factory.create(context(Settings.of(Map.of(name, value)))))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo(name));
    }

    private PluginContext context(Settings settings) {
        return new PluginContext("minilm", settings, home, "test");
    }
}
