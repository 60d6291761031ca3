package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.page.PageReader;
import ai.orchestrator.server.search.rerank.Reranker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloserLookTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Texts about tides mean what the question means, and no others. */
    private static final TextEmbedder TIDES = new TextEmbedder() {
        @Override
        public String model() {
            return "m";
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream()
                    .map(text -> text.contains("tide") ? new float[] {1, 0} : new float[] {0, 1})
                    .toList();
        }
    };

    private final CloserLook look = new CloserLook(Optional.of(new Reranker(Optional.of(TIDES))));

    private static SearchHit hit(int number, String snippet, OptionalDouble score, Optional<Instant> date) {
        return new SearchHit("https://h" + number + ".org/", "Page " + number, snippet, date, score);
    }

    private static List<Page> pages(Freshness freshness, List<SearchHit> hits) {
        List<Sighting> sightings = Hit.of("web", hits, 50).stream()
                .map(hit -> new Sighting(hit, 1))
                .toList();
        return new RankFusion(freshness, NOW).fuse(sightings, 50);
    }

    private static List<SearchHit> unscored(int count, int aboutTides) {
        return IntStream.range(0, count)
                .mapToObj(i -> hit(
                        i,
                        i == aboutTides ? "High tide and low tide." : "Something else, number " + i + " of it.",
                        OptionalDouble.empty(),
                        Optional.empty()))
                .toList();
    }

    private static List<String> urls(List<Result> results) {
        return results.stream().map(Result::url).toList();
    }

    @Test
    void whatFitsTheQuestionMovesUpAndSaysWhy() {
        List<Result> results = look.order("high tide", pages(Freshness.ANY, unscored(5, 3)), 5, LONG);

        assertThat(urls(results).getFirst()).isEqualTo("https://h3.org/");
        assertThat(results.getFirst().why().fit()).hasValueSatisfying(fit -> {
            assertThat(fit.words()).isEqualTo(1);
            assertThat(fit.meaning()).hasValue(1);
        });
        assertThat(results).extracting(Result::score).isSortedAccordingTo((one, two) -> Double.compare(two, one));
    }

    @Test
    void onlyTheBestAreLookedAtAndTheOthersStayBehindThem() {
        List<Page> pages = pages(Freshness.ANY, unscored(20, 17));
        List<Result> results = look.order("high tide", pages, 20, LONG);

        assertThat(urls(results).subList(CloserLook.PAGES, 20))
                .isEqualTo(pages.subList(CloserLook.PAGES, 20).stream()
                        .map(page -> page.best().url())
                        .toList());
        assertThat(results.get(17).why().fit()).isEmpty();
        assertThat(results).extracting(Result::score).isSortedAccordingTo((one, two) -> Double.compare(two, one));
    }

    @Test
    void anEnginesOwnScoresCountWhereItIsTheOnlyOne() {
        double[] scores = {10, 9.9, 1, 0.5};
        List<SearchHit> scored = new ArrayList<>();
        List<SearchHit> unscored = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            scored.add(hit(i, "Number " + i, OptionalDouble.of(scores[i]), Optional.empty()));
            unscored.add(hit(i, "Number " + i, OptionalDouble.empty(), Optional.empty()));
        }

        assertThat(second(scored)).as("close behind the first").isGreaterThan(0.95);
        assertThat(second(unscored)).as("one place of three behind it").isBetween(0.6, 0.9);
    }

    private double second(List<SearchHit> hits) {
        return look.order("number", pages(Freshness.ANY, hits), 4, LONG).get(1).score();
    }

    @Test
    void anOldPageStaysBehindANewOneWhereTheQuestionIsAboutThePresent() {
        List<SearchHit> hits = List.of(
                hit(0, "A tide.", OptionalDouble.empty(), Optional.of(NOW.minus(Duration.ofDays(900)))),
                hit(1, "The tide.", OptionalDouble.empty(), Optional.of(NOW)));

        assertThat(urls(look.order("tide", pages(Freshness.DAY, hits), 2, LONG)))
                .containsExactly("https://h1.org/", "https://h0.org/");
    }

    @Test
    void withoutARerankerAllStaysAsItWas() {
        List<Page> pages = pages(Freshness.ANY, unscored(5, 3));

        assertThat(urls(new CloserLook(Optional.empty()).order("high tide", pages, 3, LONG)))
                .containsExactly("https://h0.org/", "https://h1.org/", "https://h2.org/");
    }

    @Test
    void aSearchLooksCloserAtWhatItsEnginesFound() {
        NamedEngine engine = new NamedEngine("web", query -> unscored(12, 11));
        ParallelWebSearch search = new ParallelWebSearch(
                List.of(engine),
                HostRules.NONE,
                Optional.of(new Reranker(Optional.of(TIDES))),
                PageReader.none(),
                LONG,
                5);
        WebSearch.Report report = search.search("high tide", 3);

        assertThat(report.results()).hasSize(3).extracting(Result::url).contains("https://h11.org/");
    }
}
