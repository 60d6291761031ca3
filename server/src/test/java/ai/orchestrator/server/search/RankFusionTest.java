package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankFusionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private static List<Hit> found(String engine, SearchHit... hits) {
        return Hit.of(engine, List.of(hits), 50);
    }

    private static List<Result> fuse(Freshness freshness, List<List<Hit>> byEngine) {
        return new RankFusion(freshness, NOW).fuse(byEngine, 50);
    }

    private static List<String> urls(List<Result> results) {
        return results.stream().map(Result::url).toList();
    }

    @Test
    void aPageScoresTheSumOfItsReciprocalRanks() {
        List<Result> results = fuse(
                Freshness.ANY,
                List.of(
                        found("one", Results.hit("https://a.org/"), Results.hit("https://b.org/")),
                        found("two", Results.hit("https://b.org/"))));
        assertThat(urls(results)).containsExactly("https://b.org/", "https://a.org/");
        assertThat(results.getFirst().score()).isCloseTo(1.0 / 62 + 1.0 / 61, within(1e-12));
        assertThat(results.getLast().score()).isCloseTo(1.0 / 61, within(1e-12));
    }

    @Test
    void anEngineCountsAPageOnceHoweverOftenItListsIt() {
        List<Result> results = fuse(
                Freshness.ANY,
                List.of(found(
                        "one",
                        Results.hit("https://a.org/"),
                        Results.hit("http://a.org/?utm_source=x"),
                        Results.hit("https://b.org/"))));
        assertThat(urls(results)).containsExactly("https://a.org/", "https://b.org/");
        assertThat(results.getFirst().engines()).containsExactly("one");
    }

    @Test
    void equalScoresGoByDateAndThenByUrlWhateverTheOrderOfTheEngines() {
        List<List<Hit>> byEngine = new ArrayList<>(List.of(
                found("one", Results.hit("https://c.org/")),
                found("two", Results.hit("https://a.org/")),
                found("three", Results.dated("https://d.org/", "2020-01-01")),
                found("four", Results.dated("https://b.org/", "2026-01-01"))));
        for (int i = 0; i < byEngine.size(); i++) {
            Collections.rotate(byEngine, 1);
            assertThat(urls(fuse(Freshness.ANY, byEngine)))
                    .containsExactly("https://b.org/", "https://d.org/", "https://a.org/", "https://c.org/");
        }
    }

    @Test
    void aHostHasTwoPlacesAndOwnDocumentsAsManyAsTheyEarn() {
        assertThat(urls(fuse(
                        Freshness.ANY,
                        List.of(found(
                                "one",
                                Results.hit("https://a.org/1"),
                                Results.hit("https://www.a.org/2"),
                                Results.hit("http://a.org/3"),
                                Results.hit("doc:1"),
                                Results.hit("doc:2"),
                                Results.hit("doc:3"),
                                Results.hit("https://b.a.org/4"))))))
                .containsExactly(
                        "https://a.org/1", "https://www.a.org/2", "doc:1", "doc:2", "doc:3", "https://b.a.org/4");
    }

    @Test
    void aQuestionAboutThePresentPrefersRecentPages() {
        List<List<Hit>> byEngine = List.of(found(
                "one",
                Results.dated("https://old.org/", "2016-01-01"),
                Results.hit("https://undated.org/"),
                Results.dated("https://new.org/", "2026-11-21")));
        assertThat(urls(fuse(Freshness.WEEK, byEngine)))
                .containsExactly("https://new.org/", "https://undated.org/", "https://old.org/");
        assertThat(urls(fuse(Freshness.ANY, byEngine)))
                .containsExactly("https://old.org/", "https://undated.org/", "https://new.org/");
    }

    @Test
    void aSightingWithASnippetIsShownRatherThanOneWithout() {
        List<Result> results = fuse(
                Freshness.ANY,
                List.of(
                        found("one", Results.hit("https://a.org/", "Bare", "")),
                        found("two", Results.hit("https://b.org/"), Results.hit("https://a.org/", "Full", "Text"))));
        assertThat(results.getFirst().title()).isEqualTo("Full");
    }
}
