package ai.orchestrator.search.tavily;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.testkit.fakes.FakeTavily;
import ai.orchestrator.testkit.fakes.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at the service, and what becomes of its answers. */
class TavilySearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeTavily tavily = new FakeTavily(0);

    @AfterEach
    void stop() {
        tavily.close();
    }

    @Test
    void asksForTheCheapestSearch() throws IOException {
        search(Map.of(), SearchQuery.of("tide \"tables\"\n\u0000 \\ & ü", 5));

        assertThat(tavily.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.header("Authorization")).contains("Bearer " + FakeTavily.KEY);
            assertThat(call.body()).doesNotContain(FakeTavily.KEY);
        });
        assertThat(body()).isEqualTo(JSON.readTree("""
                {"query":"tide \\"tables\\" \\\\ & ü","search_depth":"basic","topic":"general","max_results":5,
                 "auto_parameters":false}"""));
    }

    @Test
    void sendsTheSettings() throws IOException {
        search(
                Map.of(
                        "depth",
                        "advanced",
                        "chunks_per_source",
                        3,
                        "count",
                        4,
                        "country",
                        "germany",
                        "include_domains",
                        List.of("example.org", "*.example.com"),
                        "exclude_domains",
                        "example.net"),
                SearchQuery.of("tide", 50));

        assertThat(body()).isEqualTo(JSON.readTree("""
                {"query":"tide","search_depth":"advanced","topic":"general","max_results":4,"auto_parameters":false,
                 "chunks_per_source":3,"country":"germany","include_domains":["example.org","*.example.com"],
                 "exclude_domains":["example.net"]}"""));
    }

    @Test
    void asksForNoMoreThanThereIs() throws IOException {
        assertThat(search(Map.of(), SearchQuery.of("tide", 50))).hasSize(20);

        assertThat(body().path("max_results").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(value = Freshness.class, names = "ANY", mode = EnumSource.Mode.EXCLUDE)
    void asksForRecentPages(Freshness freshness) throws IOException {
        search(Map.of(), new SearchQuery("tide", 5, Optional.of("de"), freshness, Duration.ofSeconds(20)));

        assertThat(body().path("time_range").asText()).isEqualToIgnoringCase(freshness.name());
    }

    @Test
    void cutsTheQueryToFewerThanFourHundredCharacters() throws IOException {
        search(Map.of(), SearchQuery.of("語".repeat(400), 5));

        assertThat(body().path("query").asText()).isEqualTo("語".repeat(399));
    }

    @Test
    void doesNotAskForNothing() {
        try (SearchEngine engine = Engines.over(tavily.url(), Map.of())) {
            assertThat(engine.search(SearchQuery.of(" \t ", 5))).isEmpty();
        }
        assertThat(tavily.calls()).isEmpty();
    }

    @Test
    void readsResultsWithTheirScores() {
        assertThat(search(Map.of(), SearchQuery.of("tide", 3)).getFirst())
                .isEqualTo(new SearchHit(
                        "https://pages.example.org/1?a=b",
                        "Page 1 & more",
                        "What page 1 tells in short.",
                        Optional.empty(),
                        OptionalDouble.of(0.95)));
    }

    @Test
    void readsTheDatesOfNews() {
        assertThat(search(Map.of("topic", "news"), SearchQuery.of("tide", 3)))
                .allSatisfy(hit -> assertThat(hit.publishedAt()).contains(Instant.parse("2026-09-02T10:00:00Z")));
    }

    @Test
    void makesTheBestOfOddFieldsAndLetsTheCreditsBe() {
        tavily.next(Reply.json(200, """
                {"query":null,"answer":7,"results":[null,"x",{"title":"no address","score":1},
                 {"url":"https://a.example/","title":"","content":null,"score":null,"raw_content":null},
                 {"url":"https://b.example/","title":"B","content":"b","score":"0.5","published_date":"2026-09-02","raw_content":"x"},
                 {"url":"https://c.example/","title":"C","content":"c","score":0.75,"published_date":"","raw_content":null}],
                 "response_time":{"odd":1},"usage":{"credits":"1"}}"""));

        assertThat(search(Map.of(), SearchQuery.of("tide", 5)))
                .containsExactly(
                        new SearchHit("https://c.example/", "C", "c", Optional.empty(), OptionalDouble.of(0.75)),
                        new SearchHit(
                                "https://b.example/",
                                "B",
                                "b",
                                Optional.of(Instant.parse("2026-09-02T00:00:00Z")),
                                OptionalDouble.of(0.5)),
                        new SearchHit("https://a.example/", "a.example", "", Optional.empty(), OptionalDouble.empty()));
    }

    private JsonNode body() throws IOException {
        return JSON.readTree(tavily.calls().getFirst().body());
    }

    private List<SearchHit> search(Map<String, Object> settings, SearchQuery query) {
        try (SearchEngine engine = Engines.over(tavily.url(), settings)) {
            List<SearchHit> hits = engine.search(query);
            assertThat(hits).isNotEmpty();
            return hits;
        }
    }
}
