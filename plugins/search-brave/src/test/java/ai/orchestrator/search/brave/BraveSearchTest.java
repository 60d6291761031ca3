package ai.orchestrator.search.brave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.testkit.fakes.FakeBrave;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at the service, and what becomes of its answers. */
class BraveSearchTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-02T00:00:00Z");

    private final FakeBrave brave = new FakeBrave(0);

    @AfterEach
    void stop() {
        brave.close();
    }

    @Test
    void asksForPlainWebResults() {
        search(Map.of(), SearchQuery.of("tide tables: \"spring\" & more", 5));

        assertThat(brave.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.header("X-Subscription-Token")).contains(FakeBrave.KEY);
            assertThat(call.header("Accept")).contains("application/json");
            assertThat(call.parameters())
                    .containsOnly(
                            entry("q", "tide tables: \"spring\" & more"),
                            entry("count", "5"),
                            entry("result_filter", "web"),
                            entry("text_decorations", "false"),
                            entry("operators", "false"));
        });
    }

    @Test
    void sendsTheSettings() {
        search(
                Map.of("country", "CH", "language", "de", "safesearch", "strict", "count", 3, "extra_snippets", true),
                SearchQuery.of("tide", 50));

        assertThat(parameters())
                .contains(
                        entry("country", "CH"),
                        entry("search_lang", "de"),
                        entry("safesearch", "strict"),
                        entry("count", "3"),
                        entry("extra_snippets", "true"));
    }

    @Test
    void asksForNoMoreThanThereIs() {
        search(Map.of(), SearchQuery.of("tide", 50));

        assertThat(parameters()).contains(entry("count", "20"));
    }

    @ParameterizedTest
    @CsvSource({
        "de-AT, de",
        "en-GB, en-gb",
        "en-US, en",
        "pt, pt-br",
        "pt-PT, pt-pt",
        "ja-JP, jp",
        "zh-Hant-TW, zh-hant",
        "zh-TW, zh-hant",
        "zh-Hans-TW, zh-hans",
        "zh, zh-hans",
        "nn, nb",
        "tlh, fr",
        "not a tag, fr"
    })
    void asksInTheQuerysLanguageOrTheConfiguredOne(String tag, String sent) {
        search(Map.of("language", "fr"), query(Optional.of(tag), Freshness.ANY));

        assertThat(parameters()).contains(entry("search_lang", sent));
    }

    @ParameterizedTest
    @CsvSource({"DAY, pd", "WEEK, pw", "MONTH, pm", "YEAR, py"})
    void asksForRecentPages(Freshness freshness, String sent) {
        search(Map.of(), query(Optional.empty(), freshness));

        assertThat(parameters()).contains(entry("freshness", sent));
    }

    @Test
    void cutsTheQueryToFiftyWords() {
        search(Map.of(), SearchQuery.of("w ".repeat(200), 5));

        assertThat(parameters()).contains(entry("q", ("w ".repeat(50)).strip()));
    }

    @Test
    void cutsTheQueryToFourHundredCharactersAtAWord() {
        String words =
                IntStream.range(0, 60).mapToObj(i -> "word" + (100_000 + i)).collect(Collectors.joining("\u00A0"));
        search(Map.of(), SearchQuery.of(words, 5));

        String sent = String.valueOf(parameters().get("q"));
        assertThat(sent).startsWith("word100000 word100001 ").endsWith("word100035");
        assertThat(sent.length()).isBetween(390, 400);
    }

    @Test
    void doesNotAskForNothing() {
        try (SearchEngine engine = Engines.over(brave.url(), Map.of())) {
            assertThat(engine.search(SearchQuery.of(" \u0000 ", 5))).isEmpty();
        }
        assertThat(brave.calls()).isEmpty();
    }

    @Test
    void readsResultsAndTheirDates() {
        List<SearchHit> hits = search(Map.of("extra_snippets", true), SearchQuery.of("tide", 10));

        assertThat(hits).hasSize(10);
        assertThat(hits.getFirst())
                .isEqualTo(new SearchHit(
                        "https://pages.example.org/1?a=b",
                        "Page 1 & more",
                        "What page 1 tells \"in short\". More of page 1. And \"more\".",
                        Optional.empty(),
                        OptionalDouble.empty()));
        assertThat(hits.get(2).publishedAt()).contains(Instant.parse("2026-09-02T10:00:00Z"));
        assertThat(hits.get(4).publishedAt()).contains(SEPTEMBER);
    }

    @Test
    void takesDecorationsOutWhereTheyComeNevertheless() {
        brave.next(Reply.json(200, """
                {"type":"search","query":{},"web":{"results":[{"url":"https://a.example/","title":"<strong>A</strong> &lt;b",
                 "description":"One <strong>bold</strong> &#x27;word&#x27;<script>evil()</script>"}]}}"""));

        assertThat(search(Map.of(), SearchQuery.of("tide", 5))).singleElement().satisfies(hit -> {
            assertThat(hit.title()).isEqualTo("A <b");
            assertThat(hit.snippet()).isEqualTo("One bold 'word'");
        });
    }

    @Test
    void makesTheBestOfOddFields() {
        brave.next(Reply.json(200, """
                {"query":{"original":null},"mixed":{},"web":{"results":[
                 null, 7, "x", {"title":"no address"}, {"url":"javascript:alert(1)","title":"script"},
                 {"url":"https://a.example/|b","title":null,"description":null,"page_age":"soon","age":7,"extra_snippets":"x"},
                 {"url":"https://c.example/","title":"C","description":7,"page_age":"2026-09-02","extra_snippets":[null,"y"]}]}}"""));

        assertThat(search(Map.of(), SearchQuery.of("tide", 5)))
                .containsExactly(
                        new SearchHit(
                                "https://a.example/%7Cb", "a.example", "", Optional.empty(), OptionalDouble.empty()),
                        new SearchHit(
                                "https://c.example/", "C", "7 y", Optional.of(SEPTEMBER), OptionalDouble.empty()));
    }

    @Test
    void anAnswerWithoutAWebBlockIsEmpty() {
        brave.next(Reply.json(
                200, "{\"type\":\"search\",\"query\":{\"original\":\"tide\",\"more_results_available\":false}}"));
        try (SearchEngine engine = Engines.over(brave.url(), Map.of())) {
            assertThat(engine.search(SearchQuery.of("tide", 5))).isEmpty();
        }
    }

    private Map<String, String> parameters() {
        return brave.calls().getFirst().parameters();
    }

    private List<SearchHit> search(Map<String, Object> settings, SearchQuery query) {
        try (SearchEngine engine = Engines.over(brave.url(), settings)) {
            List<SearchHit> hits = engine.search(query);
            assertThat(hits).isNotEmpty();
            return hits;
        }
    }

    private static SearchQuery query(Optional<String> language, Freshness freshness) {
        return new SearchQuery("tide tables", 5, language, freshness, Duration.ofSeconds(20));
    }
}
