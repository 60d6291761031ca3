package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.Fit;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.rerank.Candidate;
import ai.orchestrator.server.search.rerank.Rank;
import ai.orchestrator.server.search.rerank.Reranker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Moves the best of the pages that were found to where their words and their meaning place them. */
final class CloserLook {
    /** So many are looked at; those behind them stay there. */
    static final int PAGES = 15;

    /** How long vectors may take to come. */
    private static final Duration LONGEST = Duration.ofMillis(800);

    private final Optional<Reranker> reranker;

    /** @param reranker without one, all pages stay where they are */
    CloserLook(Optional<Reranker> reranker) {
        this.reranker = reranker;
    }

    /** The best pages first. */
    List<Result> order(String query, List<Page> pages, int most, Duration left) {
        if (reranker.isEmpty() || pages.size() < 2) {
            return pages.stream().limit(most).map(Page::result).toList();
        }
        List<Page> near = pages.subList(0, Math.min(PAGES, pages.size()));
        boolean oneEngine = oneEngineScored(near);
        List<Candidate> candidates = near.stream()
                .map(page -> new Candidate(
                        page.best().title() + "\n" + page.best().snippet(),
                        page.prior(oneEngine),
                        page.best().vector()))
                .toList();
        List<Result> results = new ArrayList<>();
        reranker.get().rank(query, candidates, left.compareTo(LONGEST) < 0 ? left : LONGEST).stream()
                .map(rank -> result(near.get(rank.candidate()), rank))
                .sorted(Comparator.comparingDouble(Result::score).reversed())
                .forEach(results::add);
        double least = results.getLast().score();
        pages.stream()
                .skip(near.size())
                .map(page -> page.result(Math.min(least, page.score()), Optional.empty()))
                .forEach(results::add);
        return List.copyOf(results.subList(0, Math.min(most, results.size())));
    }

    private static Result result(Page page, Rank rank) {
        return page.result(
                page.freshness() * rank.score(), Optional.of(new Fit(rank.words(), rank.meaning(), rank.relevance())));
    }

    private static boolean oneEngineScored(List<Page> pages) {
        String engine = pages.getFirst().best().engine();
        return pages.stream()
                .allMatch(page -> page.sightings().size() == 1
                        && page.best().engine().equals(engine)
                        && page.best().score().isPresent());
    }
}
