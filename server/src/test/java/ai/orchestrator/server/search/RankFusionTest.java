package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.server.orchestration.WebSearch.Place;
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
        return new RankFusion(freshness, NOW)
                        .fuse(
                                byEngine.stream()
                                        .flatMap(List::stream)
                                        .map(hit -> new Sighting(hit, 1))
                                        .toList(),
                                50)
                        .stream()
                        .map(Page::result)
                        .toList();
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
    void theOnlyHostThereIsHasAllPlaces() {
        assertThat(urls(fuse(
                        Freshness.ANY,
                        List.of(found(
                                "encyclopedia",
                                Results.hit("https://a.org/1"),
                                Results.hit("https://a.org/2"),
                                Results.hit("doc:1"),
                                Results.hit("https://a.org/3"))))))
                .containsExactly("https://a.org/1", "https://a.org/2", "doc:1", "https://a.org/3");
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
    void anEngineCountsWhatTheOperatorHasItCount() {
        List<Sighting> sightings = new ArrayList<>();
        found("one", Results.hit("https://a.org/")).forEach(hit -> sightings.add(new Sighting(hit, 1)));
        found("two", Results.hit("https://b.org/"), Results.hit("https://a.org/"))
                .forEach(hit -> sightings.add(new Sighting(hit, 3)));
        List<Result> results = new RankFusion(Freshness.ANY, NOW)
                .fuse(sightings, 50).stream().map(Page::result).toList();

        assertThat(urls(results)).containsExactly("https://a.org/", "https://b.org/");
        assertThat(results.getFirst().score()).isCloseTo(1.0 / 61 + 3.0 / 62, within(1e-12));
        assertThat(results.getFirst().why().freshness()).isEqualTo(1);
        assertThat(results.getFirst().why().places())
                .containsExactly(new Place("one", 1, 1, 1.0 / 61), new Place("two", 2, 3, 3.0 / 62));
    }

    @Test
    void pagesThatSayTheSameAreOneAtTheBetterOnesAddress() {
        String text =
                "The nightly backup of the billing database runs at half past two and is kept for thirty five days, "
                        + "after which it is moved to the archive on the second site.";
        List<Result> results = fuse(
                Freshness.ANY,
                List.of(
                        found(
                                "one",
                                Results.hit(
                                        "https://a.org/",
                                        "Other",
                                        "Something else altogether is told on this page of ours."),
                                Results.hit("https://copy.org/", "Backup", text)),
                        found("two", Results.hit("https://first.org/", "BACKUP", text.replace(", ", " ")))));

        assertThat(urls(results)).containsExactly("https://first.org/", "https://a.org/");
        assertThat(results.getFirst().engines()).containsExactlyInAnyOrder("one", "two");
        assertThat(results.getFirst().score()).isCloseTo(1.0 / 61 + 1.0 / 62, within(1e-12));
    }

    @Test
    void anEngineThatListsTheSameTextTwiceCountsOnce() {
        String text = "One and the same long text stands on two pages, and the engine has not noticed that it does.";
        List<Result> results = fuse(
                Freshness.ANY,
                List.of(found(
                        "one", Results.hit("https://a.org/", "T", text), Results.hit("https://b.org/", "T", text))));

        assertThat(urls(results)).containsExactly("https://a.org/");
        assertThat(results.getFirst().score()).isCloseTo(1.0 / 61, within(1e-12));
        assertThat(results.getFirst().engines()).containsExactly("one");
    }

    @Test
    void theFactorOfAnOldPageIsTold() {
        List<Result> results =
                fuse(Freshness.DAY, List.of(found("one", Results.dated("https://old.org/", "2016-01-01"))));
        assertThat(results.getFirst().why().freshness()).isCloseTo(0.5, within(1e-6));
        assertThat(results.getFirst().score()).isCloseTo(0.5 / 61, within(1e-6));
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
