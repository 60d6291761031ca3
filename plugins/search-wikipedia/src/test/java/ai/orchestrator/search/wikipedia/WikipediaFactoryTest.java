package ai.orchestrator.search.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WikipediaFactoryTest {
    @Test
    void isChosenByItsKind() {
        assertThat(new WikipediaFactory().kind()).isEqualTo("wikipedia");
    }

    @Test
    void needsNothingButAContact() {
        WikipediaSettings settings = WikipediaSettings.read(
                Engines.context(Map.of("contact", "ops@example.org")).settings());

        assertThat(settings.endpoints())
                .containsOnly(Map.entry("en", HttpUrl.get("https://en.wikipedia.org/w/api.php")));
        assertThat(settings.count()).isEqualTo(10);
        assertThat(settings.extracts()).isTrue();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEverySetting() {
        PluginContext context = Engines.context(Map.of(
                "contact",
                "https://example.org/about",
                "url",
                "https://wiki.example.org/{language}/api.php",
                "language",
                List.of("de", "zh-min-nan"),
                "count",
                20,
                "extracts",
                false,
                "timeout",
                "2500ms"));

        assertThat(WikipediaSettings.read(context.settings()).endpoints())
                .containsEntry("zh-min-nan", HttpUrl.get("https://wiki.example.org/zh-min-nan/api.php"));
        assertThat(context.settings().unread()).isEmpty();
    }

    @Test
    void needsNoServiceToStart() {
        PluginContext context = Engines.context(Map.of("contact", "ops@example.org", "url", "http://127.0.0.1:1"));
        try (SearchEngine engine = new WikipediaFactory().create(context)) {
            assertThat(engine.health()).isEqualTo(Health.up());
            assertThat(engine.isLocal()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "contact, ''",
        "contact, me",
        "contact, ops (night) <ops@example.org>",
        "contact, öps@example.org",
        "url, wiki.example.org",
        "language, EN",
        "language, en.evil.example/",
        "count, 0",
        "count, 21",
        "extracts, some",
        "timeout, 2m"
    })
    void refusesABadSettingByItsName(String name, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("contact", "ops@example.org"));
        settings.put(name, value);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new WikipediaFactory().create(Engines.context(settings)))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }
}
