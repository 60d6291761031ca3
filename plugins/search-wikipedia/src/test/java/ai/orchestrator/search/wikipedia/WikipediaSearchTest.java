package ai.orchestrator.search.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.testkit.fakes.FakeWikipedia;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at the API, and what becomes of its answers. */
class WikipediaSearchTest {
    private final FakeWikipedia wikipedia = new FakeWikipedia(0);

    @AfterEach
    void stop() {
        wikipedia.close();
    }

    @Test
    void asksForIntroductionsAndSaysWhoAsks() {
        search(Map.of("contact", "https://example.org/about"), SearchQuery.of("tide tables", 5));

        assertThat(wikipedia.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.header("User-Agent")).contains("ai-orchestrator/0.1.0 (https://example.org/about)");
            assertThat(call.parameters())
                    .containsOnly(
                            entry("action", "query"),
                            entry("format", "json"),
                            entry("formatversion", "2"),
                            entry("utf8", "1"),
                            entry("maxlag", "5"),
                            entry("generator", "search"),
                            entry("gsrsearch", "tide tables"),
                            entry("gsrlimit", "5"),
                            entry("prop", "extracts|info"),
                            entry("exintro", "1"),
                            entry("explaintext", "1"),
                            entry("exlimit", "max"),
                            entry("inprop", "url"));
        });
    }

    @Test
    void asksForTheLinesThatMatch() {
        search(Map.of("extracts", false, "count", 3), SearchQuery.of("tide", 50));

        assertThat(parameters())
                .contains(
                        entry("list", "search"),
                        entry("srsearch", "tide"),
                        entry("srlimit", "3"),
                        entry("srprop", "snippet|timestamp"))
                .doesNotContainKey("generator");
    }

    @Test
    void putsPagesIntoTheOrderOfTheSearch() {
        List<SearchHit> hits = search(Map.of("count", 20), SearchQuery.of("tide", 12));

        assertThat(hits).hasSize(12);
        assertThat(hits.getFirst())
                .isEqualTo(new SearchHit(
                        "https://en.example.org/wiki/Page_1",
                        "Page 1",
                        "Page 1 is a page. It tells R&D.",
                        Optional.empty(),
                        OptionalDouble.empty()));
        assertThat(hits)
                .extracting(SearchHit::title)
                .startsWith("Page 1", "Page 2", "Page 3")
                .endsWith("Page 12");
    }

    @Test
    void makesTextAndAddressesOfMatches() {
        assertThat(search(Map.of("extracts", false), SearchQuery.of("tide", 3)).getFirst())
                .isEqualTo(new SearchHit(
                        wikipedia.url().resolve("/?curid=101").toString(),
                        "Page 1",
                        "A page 1 & what it tells",
                        Optional.of(Instant.parse("2026-08-30T12:00:00Z")),
                        OptionalDouble.empty()));
    }

    @ParameterizedTest
    @CsvSource({"de-AT, /de/w/api.php", "en, /en/w/api.php", "fr, /en/w/api.php", "not a tag, /en/w/api.php"})
    void asksTheWikipediaOfTheQuerysLanguageIfItIsConfigured(String tag, String path) {
        WikipediaSettings settings = WikipediaSettings.read(Engines.context(Map.of(
                        "contact",
                        Engines.CONTACT,
                        "language",
                        List.of("en", "de"),
                        "url",
                        "https://wiki.example.org/{language}/w/api.php"))
                .settings());

        assertThat(new WikipediaRequests(settings, "ai-orchestrator/0.1.0")
                        .request(new SearchQuery("tide", 5, Optional.of(tag), Freshness.ANY, Duration.ofSeconds(20))))
                .hasValueSatisfying(
                        request -> assertThat(request.url().encodedPath()).isEqualTo(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "insource:\"secret\" tide|insource secret tide",
                "-tide !neap +spring|tide neap spring",
                "intitle:tide*|intitle tide",
                "what is \"spring tide\"?|what is spring tide",
                "at 10:30 in C++ or R&D, a-b|at 10:30 in C++ or R&D, a-b",
                "tide~2 \\. - ?|tide 2"
            })
    void takesCommandsOutOfTheText(String text, String sent) {
        search(Map.of(), SearchQuery.of(text, 5));

        assertThat(parameters()).contains(entry("gsrsearch", sent));
    }

    @Test
    void cutsTheQueryToThreeHundredCharactersAtAWord() {
        search(Map.of(), SearchQuery.of("tables ".repeat(57), 5));

        assertThat(parameters()).contains(entry("gsrsearch", ("tables ".repeat(43)).strip()));
    }

    @Test
    void doesNotAskForNothing() {
        try (SearchEngine engine = Engines.over(wikipedia.url(), Map.of())) {
            assertThat(engine.search(SearchQuery.of("?! \" * -", 5))).isEmpty();
        }
        assertThat(wikipedia.calls()).isEmpty();
    }

    @Test
    void makesTheBestOfOddFields() {
        wikipedia.next(Reply.json(200, """
                {"query":{"pages":[null,"x",{"title":"No address","index":1},
                 {"title":"Last","fullurl":"https://c.example/","extract":null},
                 {"title":null,"index":3,"fullurl":"https://b.example/","extract":"%s"},
                 {"title":"First","index":2,"fullurl":"https://a.example/","extract":"<p>Fish &amp; chips</p>"}]}}""".formatted("long ".repeat(1_000))));

        List<SearchHit> hits = search(Map.of(), SearchQuery.of("tide", 5));

        assertThat(hits).extracting(SearchHit::title).containsExactly("First", "b.example", "Last");
        assertThat(hits.getFirst().snippet()).isEqualTo("Fish & chips");
        assertThat(hits.get(1).snippet()).hasSize(2_000);
        assertThat(hits.getLast().snippet()).isEmpty();
    }

    private Map<String, String> parameters() {
        return wikipedia.calls().getFirst().parameters();
    }

    private List<SearchHit> search(Map<String, Object> settings, SearchQuery query) {
        try (SearchEngine engine = Engines.over(wikipedia.url(), settings)) {
            List<SearchHit> hits = engine.search(query);
            assertThat(hits).isNotEmpty();
            return hits;
        }
    }
}
