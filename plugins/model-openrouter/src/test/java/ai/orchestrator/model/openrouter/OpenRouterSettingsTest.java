package ai.orchestrator.model.openrouter;

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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRouterSettingsTest {
    @Test
    void hasDefaults() {
        OpenRouterSettings settings = read(Map.of());
        assertThat(settings.endpoint().baseUrl()).hasToString("https://openrouter.ai/api/v1");
        assertThat(settings.endpoint().apiKey()).isEmpty();
        assertThat(settings.endpoint().headers()).isEqualTo(Map.of("User-Agent", "ai-orchestrator/test"));
        assertThat(settings.endpoint().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(60), Duration.ofMinutes(10)));
        assertThat(settings.preferences().tree()).isEmpty();
        assertThat(settings.models()).containsExactly(ConfiguredModel.plain("openrouter/auto"));
    }

    @Test
    void readsEverySetting() {
        Settings given = Settings.of(Map.ofEntries(
                Map.entry("api_key", "sk-or-v1-secret"),
                Map.entry("base_url", "http://127.0.0.1:9/v1/"),
                Map.entry("referer", "https://app.example"),
                Map.entry("title", "My App"),
                Map.entry("provider", Map.of("order", List.of("a", "b"), "max_price", Map.of("prompt", 1))),
                Map.entry("categories", List.of("chat", "code-review")),
                Map.entry("refresh", "2m"),
                Map.entry("connect_timeout", "1s"),
                Map.entry("first_byte_timeout", "2s"),
                Map.entry("idle_timeout", "3s"),
                Map.entry("total_timeout", "4s"),
                Map.entry(
                        "models",
                        List.of(Map.of(
                                "id",
                                "acme/chat:free",
                                "name",
                                "free",
                                "context",
                                4096,
                                "capabilities",
                                List.of("completion", "tools"),
                                "price",
                                Map.of("prompt", 1e-6, "completion", "0.000002"))))));
        OpenRouterSettings settings = OpenRouterSettings.read(Providers.context(given));

        assertThat(given.unread()).isEmpty();
        assertThat(settings.endpoint().apiKey()).contains("sk-or-v1-secret");
        assertThat(settings.endpoint().baseUrl()).hasToString("http://127.0.0.1:9/v1");
        assertThat(settings.endpoint().headers())
                .containsEntry("HTTP-Referer", "https://app.example")
                .containsEntry("X-Title", "My App")
                .containsEntry("X-OpenRouter-Categories", "chat,code-review");
        assertThat(settings.refresh()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.endpoint().timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
        assertThat(settings.preferences().tree())
                .isEqualTo(Map.of("order", List.of("a", "b"), "max_price", Map.of("prompt", 1)));
        assertThat(settings.models())
                .containsExactly(new ConfiguredModel(
                        "acme/chat:free",
                        "free:latest",
                        new Price(Optional.of(new BigDecimal("0.0000010")), Optional.of(new BigDecimal("0.000002"))),
                        OptionalInt.of(4096),
                        Set.of(Capability.COMPLETION, Capability.TOOLS)));
        assertThat(settings.toString()).doesNotContain("sk-or-v1-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "api_key, schlüssel",
        "base_url, openrouter.ai",
        "base_url, ftp://openrouter.ai",
        "base_url, https://me:secret@openrouter.ai",
        "base_url, https://openrouter.ai/v1?x=1",
        "title, Café",
        "idle_timeout, 0s",
        "total_timeout, 2d",
        "connect_timeout, soon",
        "provider, price",
        "refresh, 10ms",
        "categories, Code Review",
        "categories, averyveryverylongcategorythatnobodyhas"
    })
    void saysWhichSettingIsBad(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value))).isInstanceOfSatisfying(InvalidSettingException.class, e -> {
            assertThat(e.setting()).isEqualTo(name);
            assertThat(e.getMessage()).doesNotContain("schlüssel", "secret");
        });
    }

    @Test
    void takesTwoCategoriesAtMost() {
        assertThatThrownBy(() -> read(Map.of("categories", List.of("a", "b", "c"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("at most 2");
    }

    @Test
    void readsEveryPreference() {
        Map<String, Object> preferences = Map.ofEntries(
                Map.entry("order", List.of("a")),
                Map.entry("only", List.of("a")),
                Map.entry("ignore", List.of("b")),
                Map.entry("quantizations", List.of("fp8")),
                Map.entry("allow_fallbacks", false),
                Map.entry("require_parameters", false),
                Map.entry("zdr", true),
                Map.entry("enforce_distillable_text", true),
                Map.entry("data_collection", "deny"),
                Map.entry("sort", Map.of("by", "price", "partition", "model")),
                Map.entry("preferred_min_throughput", 50),
                Map.entry("preferred_max_latency", Map.of("p90", 2.5)),
                Map.entry("max_price", Map.of("prompt", 1, "completion", "4", "request", 0, "image", 1, "audio", 1)));
        Settings given = Settings.of(Map.of("provider", preferences));
        OpenRouterSettings settings = OpenRouterSettings.read(Providers.context(given));
        assertThat(given.unread()).isEmpty();
        assertThat(settings.preferences().tree()).isEqualTo(preferences);
    }

    /** The host refuses what is left unread, with the nearest name that was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"ordr", "max_price.promt", "sort.partitoin", "preferred_max_latency.p95"})
    void leavesPreferencesUnreadThatThereAreNot(String name) {
        String[] parts = name.split("\\.", 2);
        Object value = parts.length == 1 ? "x" : Map.of(parts[1], "1");
        Settings given = Settings.of(Map.of("provider", Map.of(parts[0], value)));
        OpenRouterSettings read = OpenRouterSettings.read(Providers.context(given));
        assertThat(read.models()).isNotEmpty();
        assertThat(given.unread()).containsExactly("provider." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "zdr, perhaps",
        "data_collection, sometimes",
        "sort, cheapness",
        "sort.by, cheapness",
        "sort.partition, all",
        "preferred_min_throughput, -1",
        "preferred_max_latency.p50, fast",
        "max_price, cheap",
        "max_price.prompt, -1",
        "max_price.completion, little"
    })
    void saysWhichPreferenceIsBad(String name, String value) {
        String[] parts = name.split("\\.", 2);
        Object given = parts.length == 1 ? value : Map.of(parts[1], value);
        assertThatThrownBy(() -> read(Map.of("provider", Map.of(parts[0], given))))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting())
                        .isEqualTo("provider." + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name:two words", "capabilities:flying", "context:-1", "price.prompt:-0.1"})
    void saysWhatIsBadAboutAModel(String bad) {
        String[] parts = bad.split(":", 2);
        Map<String, Object> model = parts[0].equals("price.prompt")
                ? Map.of("id", "a/b", "price", Map.of("prompt", parts[1]))
                : Map.of("id", "a/b", parts[0], parts[1]);
        assertThatThrownBy(() -> read(Map.of("models", List.of(model))))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting())
                        .isEqualTo("models[0]." + parts[0]));
    }

    @Test
    void refusesAModelWithoutIdAndTwoOfOneName() {
        assertThatThrownBy(() -> read(Map.of("models", List.of(Map.of("name", "x")))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("models[0].id: is required");
        assertThatThrownBy(() -> read(Map.of("models", List.of(Map.of("id", "x"), Map.of("id", "x:latest")))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("models[1].name");
    }

    private static OpenRouterSettings read(Map<String, Object> settings) {
        return OpenRouterSettings.read(Providers.context(Settings.of(settings)));
    }
}
