package ai.orchestrator.search.tavily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.search.SearchEngine;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TavilyFactoryTest {
    @Test
    void isChosenByItsKind() {
        assertThat(new TavilyFactory().kind()).isEqualTo("tavily");
    }

    @Test
    void needsNothingButAKey() {
        TavilySettings settings = TavilySettings.read(
                Engines.context(Map.of("api_key", "secret-1")).settings());

        assertThat(settings.endpoint()).hasToString("https://api.tavily.com/search");
        assertThat(settings.depth()).isEqualTo("basic");
        assertThat(settings.topic()).isEqualTo("general");
        assertThat(settings.count()).isEqualTo(20);
        assertThat(settings.chunks()).isEmpty();
        assertThat(settings.country()).isEmpty();
        assertThat(settings.includeDomains()).isEmpty();
        assertThat(settings.excludeDomains()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEverySetting() {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "api_key", "secret-1",
                "url", "http://127.0.0.1:1/search",
                "count", 7,
                "depth", "advanced",
                "topic", "general",
                "chunks_per_source", 2,
                "country", "united kingdom",
                "include_domains", List.of("example.org"),
                "exclude_domains", List.of("example.net")));
        settings.put("timeout", "2500ms");
        PluginContext context = Engines.context(settings);

        assertThat(TavilySettings.read(context.settings()).country()).contains("united kingdom");
        assertThat(context.settings().unread()).isEmpty();
    }

    @Test
    void needsNoServiceToStart() {
        PluginContext context = Engines.context(Map.of("api_key", "secret-1", "url", "http://127.0.0.1:1"));
        try (SearchEngine engine = new TavilyFactory().create(context)) {
            assertThat(engine.health()).isEqualTo(Health.up());
            assertThat(engine.isLocal()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api_key, ''",
        "api_key, secret with spaces",
        "url, search.example.org",
        "count, 0",
        "count, 21",
        "depth, deep",
        "topic, sports",
        "chunks_per_source, 2",
        "country, DE",
        "include_domains, not a domain",
        "exclude_domains, https://example.org",
        "timeout, 2m"
    })
    void refusesABadSettingByItsName(String name, String value) {
        assertRefused(name, Map.of("api_key", "secret-1"), value);
    }

    @Test
    void refusesWhatTheServiceWouldRefuseTogether() {
        assertRefused("chunks_per_source", Map.of("api_key", "secret-1", "depth", "advanced"), 4);
        assertRefused("country", Map.of("api_key", "secret-1", "topic", "news"), "germany");
        assertRefused("include_domains", Map.of("api_key", "secret-1"), Collections.nCopies(301, "example.org"));
        assertRefused("exclude_domains", Map.of("api_key", "secret-1"), Collections.nCopies(151, "example.org"));
    }

    private static void assertRefused(String name, Map<String, Object> others, Object value) {
        Map<String, Object> settings = new HashMap<>(others);
        settings.put(name, value);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new TavilyFactory().create(Engines.context(settings)))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
