package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaSettingsTest {
    @Test
    void hasDefaults() {
        OllamaSettings settings = read(Map.of());
        assertThat(settings.endpoint().baseUrl()).hasToString("http://gpu:11434");
        assertThat(settings.endpoint().apiKey()).isEmpty();
        assertThat(settings.endpoint().headers()).isEqualTo(Map.of("User-Agent", "ai-orchestrator/test"));
        assertThat(settings.endpoint().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofMinutes(10)));
        assertThat(settings.options()).isEmpty();
        assertThat(settings.keepAlive()).isEmpty();
        assertThat(settings.models()).isEmpty();
        assertThat(settings.price()).isEqualTo(Price.unknown());
        assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void readsEverySetting() {
        Settings given = Settings.of(Map.ofEntries(
                Map.entry("url", "https://gpu.example/ollama/"),
                Map.entry("api_key", "secret"),
                Map.entry("headers", Map.of("X-Team", "blue")),
                Map.entry("options", Map.of("num_ctx", 8192)),
                Map.entry("keep_alive", "30m"),
                Map.entry("price", Map.of("prompt", "0.1", "completion", 0)),
                Map.entry("refresh", "1m"),
                Map.entry("connect_timeout", "1s"),
                Map.entry("first_byte_timeout", "2s"),
                Map.entry("idle_timeout", "3s"),
                Map.entry("total_timeout", "4s"),
                Map.entry("models", List.of(Map.of("id", "qwen3:8b", "name", "Qwen")))));
        OllamaSettings settings = OllamaSettings.read(Providers.context(given));

        assertThat(given.unread()).isEmpty();
        assertThat(settings.endpoint().baseUrl()).hasToString("https://gpu.example/ollama");
        assertThat(settings.endpoint().apiKey()).contains("secret");
        assertThat(settings.endpoint().headers()).containsEntry("X-Team", "blue");
        assertThat(settings.endpoint().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
        assertThat(settings.options()).isEqualTo(Map.of("num_ctx", 8192));
        assertThat(settings.keepAlive()).contains(Duration.ofMinutes(30));
        assertThat(settings.price()).isEqualTo(Price.perToken(new BigDecimal("0.1"), BigDecimal.ZERO));
        assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.models()).extracting(ConfiguredModel::name).containsExactly("qwen:latest");
        assertThat(settings.toString()).doesNotContain("secret", "blue");
    }

    @Test
    void keepsModelsForEver() {
        assertThat(read(Map.of("keep_alive", "forever")).keepAlive())
                .hasValueSatisfying(time -> assertThat(time).isNegative());
    }

    @ParameterizedTest
    @CsvSource({
        "url, gpu:11434",
        "url, http://me:hidden@gpu",
        "api_key, schlüssel",
        "keep_alive, soon",
        "refresh, 10ms",
        "total_timeout, 0s"
    })
    void saysWhichSettingIsBad(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value))).isInstanceOfSatisfying(InvalidSettingException.class, e -> {
            assertThat(e.setting()).isEqualTo(name);
            assertThat(e.getMessage()).doesNotContain("schlüssel", "hidden");
        });
    }

    @Test
    void needsAnAddress() {
        assertThatThrownBy(() -> OllamaSettings.read(Providers.context(Settings.of(Map.of()))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("url: is required");
    }

    private static OllamaSettings read(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(Map.of("url", "http://gpu:11434"));
        all.putAll(settings);
        return OllamaSettings.read(Providers.context(Settings.of(all)));
    }
}
