package ai.orchestrator.search.brave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BraveFactoryTest {
    @Test
    void isChosenByItsKind() {
        assertThat(new BraveFactory().kind()).isEqualTo("brave");
    }

    @Test
    void needsNothingButAKey() {
        BraveSettings settings = BraveSettings.read(
                Engines.context(Map.of("api_key", "secret-1")).settings());

        assertThat(settings.endpoint()).hasToString("https://api.search.brave.com/res/v1/web/search");
        assertThat(settings.count()).isEqualTo(20);
        assertThat(settings.country()).isEmpty();
        assertThat(settings.language()).isEmpty();
        assertThat(settings.safesearch()).isEmpty();
        assertThat(settings.extraSnippets()).isFalse();
        assertThat(settings.requestsPerSecond()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEverySetting() {
        PluginContext context = Engines.context(Map.of(
                "api_key", "secret-1",
                "url", "http://127.0.0.1:1/search",
                "count", 7,
                "country", "ALL",
                "language", "pt-br",
                "safesearch", "off",
                "extra_snippets", true,
                "requests_per_second", "50",
                "timeout", "2500ms"));

        assertThat(BraveSettings.read(context.settings()).count()).isEqualTo(7);
        assertThat(context.settings().unread()).isEmpty();
    }

    @Test
    void needsNoServiceToStart() {
        PluginContext context = Engines.context(Map.of("api_key", "secret-1", "url", "http://127.0.0.1:1"));
        try (SearchEngine engine = new BraveFactory().create(context)) {
            assertThat(engine.health()).isEqualTo(Health.up());
            assertThat(engine.isLocal()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api_key, ''",
        "api_key, secret with spaces",
        "api_key, sécret",
        "url, search.example.org",
        "url, https://user:secret@search.example.org",
        "count, 0",
        "count, 21",
        "country, de",
        "language, German",
        "safesearch, 1",
        "extra_snippets, maybe",
        "requests_per_second, 0",
        "requests_per_second, 1001",
        "timeout, 2m"
    })
    void refusesABadSettingByItsName(String name, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("api_key", "secret-1"));
        settings.put(name, value);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new BraveFactory().create(Engines.context(settings)))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "sécret"));
    }
}
