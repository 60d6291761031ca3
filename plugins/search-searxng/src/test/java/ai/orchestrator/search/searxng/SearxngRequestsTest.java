package ai.orchestrator.search.searxng;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.testkit.fakes.FakeSearxng;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at an instance. */
class SearxngRequestsTest {
    private final FakeSearxng searxng = FakeSearxng.start(0);

    @AfterEach
    void stop() {
        searxng.close();
    }

    @Test
    void asksForJsonAndNothingElse() {
        search(Map.of(), SearchQuery.of("tide tables & more", 5));

        FakeSearxng.Request request = searxng.requests().getFirst();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/search");
        assertThat(request.parameters())
                .containsOnly(Map.entry("q", "tide tables & more"), Map.entry("format", "json"));
    }

    @Test
    void passesTheLimitersChecks() {
        searxng.behave(FakeSearxng.Behaviour.LIMITER_ON);

        search(Map.of(), SearchQuery.of("tide tables", 5));

        assertThat(searxng.requests().getFirst().headers())
                .containsEntry("User-agent", List.of(Engines.USER_AGENT))
                .containsEntry("Accept-language", List.of("en"))
                .containsEntry("Accept-encoding", List.of("gzip"))
                .doesNotContainKey("Cookie");
    }

    @Test
    void sendsTheSettings() {
        search(
                Map.of("engines", List.of("brave", "bing"), "categories", "it", "language", "fr", "safesearch", 1),
                SearchQuery.of("tide", 5));

        FakeSearxng.Request request = searxng.requests().getFirst();
        assertThat(request.parameters())
                .containsEntry("engines", "brave,bing")
                .containsEntry("categories", "it")
                .containsEntry("language", "fr")
                .containsEntry("safesearch", "1");
        assertThat(request.headers().getFirst("Accept-Language")).isEqualTo("fr");
    }

    @ParameterizedTest
    @CsvSource({"de, de", "de-AT, de-AT", "zh-Hant-TW, zh-TW", "sr-Latn, sr", "pt-br, pt-BR"})
    void asksInTheQuerysLanguage(String tag, String sent) {
        search(Map.of("language", "all"), query(Optional.of(tag), Freshness.ANY));

        FakeSearxng.Request request = searxng.requests().getFirst();
        assertThat(request.parameters()).containsEntry("language", sent);
        assertThat(request.headers().getFirst("Accept-Language")).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-private", "not a tag", "und"})
    void keepsTheConfiguredLanguageForATagItCannotUse(String tag) {
        search(Map.of("language", "auto"), query(Optional.of(tag), Freshness.ANY));

        FakeSearxng.Request request = searxng.requests().getFirst();
        assertThat(request.parameters()).containsEntry("language", "auto");
        assertThat(request.headers().getFirst("Accept-Language")).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource({"DAY, day", "WEEK, week", "MONTH, month", "YEAR, year"})
    void asksForRecentPages(Freshness freshness, String range) {
        search(Map.of(), query(Optional.empty(), freshness));

        assertThat(searxng.requests().getFirst().parameters()).containsEntry("time_range", range);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!g tide|g tide",
                "!!g tide !images|g tide images",
                "tide :de|tide de",
                "<3 tide <850|3 tide 850",
                "!:!<!wp tide|wp tide",
                "tide\u00A0!wp\u3000!!g|tide wp g",
                "hello, world! a:b a<b|hello, world! a:b a<b"
            })
    void takesCommandsOutOfTheText(String text, String sent) {
        search(Map.of(), SearchQuery.of(text, 5));

        assertThat(searxng.requests().getFirst().parameters()).containsEntry("q", sent);
    }

    @Test
    void doesNotAskForNothing() {
        try (SearchEngine engine = Engines.over(searxng)) {
            assertThat(engine.search(SearchQuery.of("!! : <", 5))).isEmpty();
        }
        assertThat(searxng.requests()).isEmpty();
    }

    private void search(Map<String, Object> settings, SearchQuery query) {
        try (SearchEngine engine = Engines.over(searxng, settings)) {
            assertThat(engine.search(query)).isNotEmpty();
        }
    }

    private static SearchQuery query(Optional<String> language, Freshness freshness) {
        return new SearchQuery("tide tables", 5, language, freshness, Duration.ofSeconds(20));
    }
}
