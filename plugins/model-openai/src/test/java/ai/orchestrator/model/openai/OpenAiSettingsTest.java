package ai.orchestrator.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiSettingsTest {
    @Test
    void hasDefaults() {
        OpenAiSettings settings = read(Map.of("url", "http://gpu:8000"));
        assertThat(settings.endpoint().baseUrl()).hasToString("http://gpu:8000/v1");
        assertThat(settings.endpoint().apiKey()).isEmpty();
        assertThat(settings.endpoint().headers()).isEqualTo(Map.of("User-Agent", "ai-orchestrator/test"));
        assertThat(settings.dialect()).isEqualTo(Dialect.GENERIC);
        assertThat(settings.extra()).isEmpty();
        assertThat(settings.models()).isEmpty();
        assertThat(settings.capabilities()).isEmpty();
        assertThat(settings.price()).isEqualTo(Price.unknown());
        assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void readsEverySetting() {
        Settings given = Settings.of(Map.ofEntries(
                Map.entry("url", "https://models.example/openai/v1/"),
                Map.entry("api_key", "sk-secret"),
                Map.entry("dialect", "llama_server"),
                Map.entry("headers", Map.of("X-Team", "blue")),
                Map.entry("request", Map.of("priority", 3)),
                Map.entry("capabilities", List.of("completion", "vision")),
                Map.entry("price", Map.of("prompt", 0, "completion", 0)),
                Map.entry("refresh", "1m"),
                Map.entry("connect_timeout", "1s"),
                Map.entry("first_byte_timeout", "2s"),
                Map.entry("idle_timeout", "3s"),
                Map.entry("total_timeout", "4s"),
                Map.entry("models", List.of(Map.of("id", "acme/chat", "name", "chat")))));
        OpenAiSettings settings = OpenAiSettings.read(Providers.context(given));

        assertThat(given.unread()).isEmpty();
        assertThat(settings.endpoint().baseUrl()).hasToString("https://models.example/openai/v1");
        assertThat(settings.endpoint().apiKey()).contains("sk-secret");
        assertThat(settings.endpoint().headers()).containsEntry("X-Team", "blue");
        assertThat(settings.endpoint().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
        assertThat(settings.dialect()).isEqualTo(Dialect.LLAMA_SERVER);
        assertThat(settings.extra()).isEqualTo(Map.of("priority", 3));
        assertThat(settings.capabilities()).isEqualTo(Set.of(Capability.COMPLETION, Capability.VISION));
        assertThat(settings.price()).isEqualTo(Price.perToken(BigDecimal.ZERO, BigDecimal.ZERO));
        assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.models()).extracting(ConfiguredModel::name).containsExactly("chat:latest");
        assertThat(settings.toString()).doesNotContain("sk-secret", "blue");
    }

    @ParameterizedTest
    @CsvSource({
        "url, gpu:8000",
        "url, http://me:secret@gpu/v1",
        "api_key, schlüssel",
        "dialect, klingon",
        "refresh, 10ms",
        "refresh, 2d",
        "capabilities, flying",
        "total_timeout, 0s"
    })
    void saysWhichSettingIsBad(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value))).isInstanceOfSatisfying(InvalidSettingException.class, e -> {
            assertThat(e.setting()).isEqualTo(name);
            assertThat(e.getMessage()).doesNotContain("schlüssel", "secret");
        });
    }

    @Test
    void saysWhichHeaderIsBad() {
        assertThatThrownBy(() -> read(Map.of("headers", Map.of("X Team", "blue"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("headers.X Team");
        assertThatThrownBy(() -> read(Map.of("headers", Map.of("X-Team", "grün"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("headers.X-Team")
                .hasMessageNotContaining("grün");
    }

    @Test
    void needsAnAddress() {
        assertThatThrownBy(() -> OpenAiSettings.read(Providers.context(Settings.of(Map.of()))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("url: is required");
    }

    private static OpenAiSettings read(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(Map.of("url", "http://gpu:8000"));
        all.putAll(settings);
        return OpenAiSettings.read(Providers.context(Settings.of(all)));
    }
}
