package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the results of several engines by reciprocal rank fusion: a page scores the sum of {@code weight / (60 + rank)} over the engines
 * that found it. Where the question is about the present, old pages lose up to half of it. Pages that say nearly the same are one, at the better
 * one's address.
 */
final class RankFusion {
    private static final int MAX_PER_HOST = 2;
    private static final double UNDATED = 0.75;

    private final Freshness freshness;
    private final Instant now;

    RankFusion(Freshness freshness, Instant now) {
        this.freshness = freshness;
        this.now = now;
    }

    /** The best pages first, each once, and at most two of any web host, unless only one web host has any. */
    List<Page> fuse(List<Sighting> sightings, int maxResults) {
        Map<String, List<Sighting>> byPage = new LinkedHashMap<>();
        sightings.forEach(
                sighting -> byPage.computeIfAbsent(sighting.hit().page().text(), ignored -> new ArrayList<>())
                        .add(sighting));
        List<Page> pages = byPage.values().stream()
                .map(found -> Page.of(found, this::freshness))
                .sorted(Page.BEST_FIRST)
                .toList();
        List<Page> distinct =
                withoutRepeats(pages).stream().sorted(Page.BEST_FIRST).toList();
        long hosts = distinct.stream()
                .map(Page::host)
                .filter(host -> !host.isEmpty())
                .distinct()
                .count();
        int mostPerHost = hosts > 1 ? MAX_PER_HOST : maxResults;
        Map<String, Integer> perHost = new HashMap<>();
        return distinct.stream()
                .filter(page -> page.host().isEmpty() || perHost.merge(page.host(), 1, Integer::sum) <= mostPerHost)
                .limit(maxResults)
                .toList();
    }

    private static List<Page> withoutRepeats(List<Page> bestFirst) {
        List<Page> kept = new ArrayList<>();
        for (Page page : bestFirst) {
            int same = 0;
            while (same < kept.size() && !kept.get(same).saysTheSameAs(page)) {
                same++;
            }
            if (same < kept.size()) {
                kept.set(same, kept.get(same).joined(page));
            } else {
                kept.add(page);
            }
        }
        return kept;
    }

    private double freshness(Optional<Instant> date) {
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
}
