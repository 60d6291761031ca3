package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.Fit;
import ai.orchestrator.server.orchestration.WebSearch.Place;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.orchestration.WebSearch.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A page with all sightings of it, or of pages that say nearly the same.
 *
 * @param best the one that is shown: with a snippet if one has any, and best placed
 * @param sightings each engine's best, in the engines' order
 */
record Page(Hit best, List<Sighting> sightings, Optional<Instant> date, double freshness, Optional<SimHash> text) {
    /** Scores nearer than this are equal, so that the order of a floating-point sum decides nothing. */
    private static final double GRAIN = 1e-9;

    private static final Comparator<Sighting> SHOWN_FIRST = Comparator.comparing(
                    (Sighting sighting) -> sighting.hit().snippet().isEmpty())
            .thenComparingInt(sighting -> sighting.hit().rank());

    static final Comparator<Page> BEST_FIRST = Comparator.comparingLong(
                    (Page page) -> -Math.round(page.score() / GRAIN))
            .thenComparingInt(page -> -page.sightings().size())
            .thenComparing(page -> page.date().orElse(Instant.MIN), Comparator.reverseOrder())
            .thenComparing(page -> page.best().page().text());

    /** @param freshness what the score of a page of this age is multiplied by */
    static Page of(List<Sighting> sightings, ToDoubleFunction<Optional<Instant>> freshness) {
        Hit best = sightings.stream().min(SHOWN_FIRST).orElseThrow().hit();
        Map<String, Sighting> byEngine = new LinkedHashMap<>();
        sightings.forEach(sighting -> byEngine.merge(
                sighting.hit().engine(),
                sighting,
                (one, two) -> one.hit().rank() <= two.hit().rank() ? one : two));
        Optional<Instant> date = best.date().or(() -> sightings.stream()
                .flatMap(sighting -> sighting.hit().date().stream())
                .findFirst());
        return new Page(
                best,
                List.copyOf(byEngine.values()),
                date,
                freshness.applyAsDouble(date),
                SimHash.of(best.title() + " " + best.snippet()));
    }

    double score() {
        return freshness * sightings.stream().mapToDouble(Sighting::share).sum();
    }

    String host() {
        return best.page().host();
    }

    boolean saysTheSameAs(Page other) {
        return text.isPresent() && other.text.isPresent() && text.get().isNear(other.text.get());
    }

    /** This page, seen also where the other was. */
    Page joined(Page other) {
        List<Sighting> all = new ArrayList<>(sightings);
        all.addAll(other.sightings);
        Page both = of(all, ignored -> freshness);
        return new Page(best, both.sightings, date.or(() -> other.date), freshness, text);
    }

    /** How it ranks among others before they are looked at more closely: by the engine's own score where only one engine found any. */
    double prior(boolean oneEngine) {
        return oneEngine ? freshness * best.score().orElse(0) : score();
    }

    Result result() {
        return result(score(), Optional.empty());
    }

    Result result(double score, Optional<Fit> fit) {
        List<Place> places = sightings.stream()
                .map(sighting ->
                        new Place(sighting.hit().engine(), sighting.hit().rank(), sighting.weight(), sighting.share()))
                .toList();
        return new Result(
                best.title(),
                best.url(),
                best.snippet(),
                score,
                places.stream().map(Place::engine).toList(),
                date,
                new Why(places, freshness, fit));
    }
}
