package ai.orchestrator.search.searxng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.SearchEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearxngFactoryTest {
    private static final String URL = "http://127.0.0.1:8888";

    @Test
    void isChosenByItsKind() {
        assertThat(new SearxngFactory().kind()).isEqualTo("searxng");
    }

    @Test
    void leavesToTheInstanceWhatIsNotSet() {
        SearxngSettings settings = SearxngSettings.read(Settings.of(Map.of("url", URL)));

        assertThat(settings.endpoint()).hasToString(URL + "/search");
        assertThat(settings.engines()).isEmpty();
        assertThat(settings.categories()).isEmpty();
        assertThat(settings.language()).isEmpty();
        assertThat(settings.safesearch()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEverySetting() {
        PluginContext context = Engines.context(Map.of(
                "url", "https://search.example.org/searx/",
                "engines", List.of("duckduckgo", "google news"),
                "categories", "general, it",
                "language", "de-CH",
                "safesearch", 2,
                "timeout", "2500ms"));
        SearxngSettings settings = SearxngSettings.read(context.settings());

        assertThat(settings.endpoint()).hasToString("https://search.example.org/searx/search");
        assertThat(settings.engines()).contains("duckduckgo,google news");
        assertThat(settings.categories()).contains("general,it");
        assertThat(settings.language()).contains("de-CH");
        assertThat(settings.safesearch()).isEqualTo(Optional.of(2L));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(context.settings().unread()).isEmpty();
    }

    @Test
    void takesTheSearchAddressItself() {
        assertThat(SearxngSettings.read(Settings.of(Map.of("url", URL + "/search")))
                        .endpoint())
                .hasToString(URL + "/search");
    }

    @Test
    void needsNoInstanceToStart() {
        try (SearchEngine engine = new SearxngFactory().create(Engines.context(Map.of("url", "http://127.0.0.1:1")))) {
            assertThat(engine.health().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void wantsAnAddress() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new SearxngFactory().create(Engines.context(Map.of())))
                .satisfies(e -> assertThat(e.setting()).isEqualTo("url"));
    }

    @ParameterizedTest
    @CsvSource({
        "url, search.example.org",
        "url, ftp://search.example.org",
        "url, http://user:secret@search.example.org",
        "url, http://search.example.org/?q=x",
        "language, german",
        "language, de_CH",
        "safesearch, 3",
        "safesearch, strict",
        "timeout, 0",
        "timeout, 5",
        "timeout, 2m"
    })
    void refusesABadSettingByItsName(String name, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("url", URL));
        settings.put(name, value);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new SearxngFactory().create(Engines.context(settings)))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
