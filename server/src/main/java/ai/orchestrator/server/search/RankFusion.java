package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges the results of several engines by reciprocal rank fusion: a page scores the sum of {@code 1 / (60 + rank)} over the engines that
 * found it. Where the question is about the present, old pages lose up to half of it.
 */
final class RankFusion {
    private static final int K = 60;
    private static final int MAX_PER_HOST = 2;
    private static final double UNDATED = 0.75;

    /** Scores nearer than this are equal, so that the order of a floating-point sum decides nothing. */
    private static final double GRAIN = 1e-9;

    private record Page(Hit best, double score, List<String> engines, Optional<Instant> date) {}

    private static final Comparator<Page> BEST_FIRST = Comparator.comparingLong(
                    (Page page) -> -Math.round(page.score() / GRAIN))
            .thenComparingInt(page -> -page.engines().size())
            .thenComparing(page -> page.date().orElse(Instant.MIN), Comparator.reverseOrder())
            .thenComparing(page -> page.best().page().text());

    private final Freshness freshness;
    private final Instant now;

    RankFusion(Freshness freshness, Instant now) {
        this.freshness = freshness;
        this.now = now;
    }

    /** The best pages first, each once, and at most two of any web host. */
    List<Result> fuse(List<List<Hit>> byEngine, int maxResults) {
        Map<String, List<Hit>> byPage = new LinkedHashMap<>();
        for (List<Hit> hits : byEngine) {
            Set<String> seen = new HashSet<>();
            hits.stream().filter(hit -> seen.add(hit.page().text())).forEach(hit -> byPage.computeIfAbsent(
                            hit.page().text(), ignored -> new ArrayList<>())
                    .add(hit));
        }
        Map<String, Integer> perHost = new HashMap<>();
        return byPage.values().stream()
                .map(this::page)
                .sorted(BEST_FIRST)
                .filter(page -> page.best().page().host().isEmpty()
                        || perHost.merge(page.best().page().host(), 1, Integer::sum) <= MAX_PER_HOST)
                .limit(maxResults)
                .map(RankFusion::result)
                .toList();
    }

    private Page page(List<Hit> sightings) {
        Hit best = sightings.stream()
                .min(Comparator.comparing((Hit hit) -> hit.snippet().isEmpty()).thenComparingInt(Hit::rank))
                .orElseThrow();
        Optional<Instant> date = best.date()
                .or(() -> sightings.stream().flatMap(hit -> hit.date().stream()).findFirst());
        double score =
                sightings.stream().mapToDouble(hit -> 1.0 / (K + hit.rank())).sum();
        return new Page(
                best, score * weight(date), sightings.stream().map(Hit::engine).toList(), date);
    }

    private double weight(Optional<Instant> date) {
        Optional<Duration> halfLife =
                switch (freshness) {
                    case ANY -> Optional.empty();
                    case DAY -> Optional.of(Duration.ofDays(1));
                    case WEEK -> Optional.of(Duration.ofDays(7));
                    case MONTH -> Optional.of(Duration.ofDays(30));
                    case YEAR -> Optional.of(Duration.ofDays(365));
                };
        return halfLife.map(half -> date.map(day -> 0.5 + 0.5 * Math.pow(2, -age(day) / half.toSeconds()))
                        .orElse(UNDATED))
                .orElse(1.0);
    }

    private double age(Instant date) {
        return Math.max(0, Duration.between(date, now).toSeconds());
    }

    private static Result result(Page page) {
        return new Result(
                page.best().title(),
                page.best().url(),
                page.best().snippet(),
                page.score(),
                page.engines(),
                page.date());
    }
}
