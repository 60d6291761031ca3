package ai.orchestrator.plugin.search;

import java.time.Duration;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param text 1 to 400 characters of plain words
 * @param limit most results wanted, 1 to 50
 * @param language a BCP 47 tag, if one is wanted
 * @param freshness how recent the results have to be
 * @param deadline how long the engine may take
 */
public record SearchQuery(String text, int limit, Optional<String> language, Freshness freshness, Duration deadline) {
    /** How recent results have to be; an engine that cannot tell ignores it. */
    public enum Freshness {
        ANY,
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /** A query for so many results of any age. */
    public static SearchQuery of(String text, int limit) {
        return new SearchQuery(text, limit, Optional.empty(), Freshness.ANY, Duration.ofSeconds(4));
    }
}
