package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.server.unicode.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A result of one engine that is fit to be shown.
 *
 * @param rank its place among the engine's results, from 1
 * @param url as the engine gave it
 * @param title one line of plain text, never empty
 * @param snippet one line of plain text; may be empty
 * @param score the engine's own
 * @param vector of the document, where the engine keeps it
 */
record Hit(
        String engine,
        int rank,
        CanonicalUrl page,
        String url,
        String title,
        String snippet,
        Optional<Instant> date,
        OptionalDouble score,
        Optional<float[]> vector) {
    private static final int MAX_TITLE = 300;
    private static final int MAX_SNIPPET = 4_000;

    /** Normalised text can be many times as long as what it came from; longer input is cut before. */
    private static final int MAX_RAW = 2 * MAX_SNIPPET;

    /** An engine's results without those that cannot be shown. */
    static List<Hit> of(String engine, List<SearchHit> results, int limit) {
        List<Hit> hits = new ArrayList<>();
        for (SearchHit result : results.subList(0, Math.min(limit, results.size()))) {
            int rank = hits.size() + 1;
            CanonicalUrl.of(result.url()).ifPresent(page -> hits.add(of(engine, rank, page, result)));
        }
        return List.copyOf(hits);
    }

    private static Hit of(String engine, int rank, CanonicalUrl page, SearchHit result) {
        String title = plain(result.title(), MAX_TITLE);
        return new Hit(
                engine,
                rank,
                page,
                result.url(),
                title.isEmpty() ? result.url() : title,
                plain(result.snippet(), MAX_SNIPPET),
                result.publishedAt().filter(Instant.EPOCH::isBefore),
                result.score().stream().filter(Double::isFinite).findFirst(),
                result.vector());
    }

    private static String plain(String text, int limit) {
        return PlainText.cut(PlainText.of(PlainText.cut(text, MAX_RAW)), limit);
    }
}
