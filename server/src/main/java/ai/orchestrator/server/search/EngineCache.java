package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the engines found of late, in memory only: some vendors allow no more. */
final class EngineCache {
    /** How long those of a question about the present are, and that nothing was found. */
    static final Duration SHORT_LIFE = Duration.ofMinutes(1);

    /** Most characters of all results together, about 16 MB. */
    private static final long MAX_CHARS = 8L << 20;

    private static final int CHARS_BESIDE_TEXT = 200;

    /**
     * What an engine found.
     *
     * @param goodFor how much longer that is worth something
     */
    record Found(List<Hit> hits, Duration goodFor) {}

    private record Key(String engine, String text, int limit, Optional<String> language, Freshness freshness) {}

    private record Entry(List<Hit> hits, long at, Duration life) {}

    private final Cache<Key, Entry> entries;
    private final Ticker ticker;

    EngineCache(Ticker ticker) {
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumWeight(MAX_CHARS)
                .weigher((Key key, Entry entry) -> weight(key, entry))
                .expireAfter(Expiry.<Key, Entry>creating((key, entry) -> entry.life()))
                .build();
    }

    Optional<Found> find(String engine, SearchQuery query) {
        return Optional.ofNullable(entries.getIfPresent(key(engine, query)))
                .map(entry -> new Found(entry.hits(), entry.life().minusNanos(ticker.read() - entry.at())));
    }

    /** @param ordinary how long the results of an ordinary question are used again */
    void keep(String engine, SearchQuery query, List<Hit> hits, Duration ordinary) {
        Duration life = hits.isEmpty() || query.freshness() != Freshness.ANY ? SHORT_LIFE : ordinary;
        entries.put(key(engine, query), new Entry(hits, ticker.read(), life));
    }

    private static Key key(String engine, SearchQuery query) {
        return new Key(
                engine, query.text().toLowerCase(Locale.ROOT), query.limit(), query.language(), query.freshness());
    }

    private static int weight(Key key, Entry entry) {
        return key.text().length()
                + CHARS_BESIDE_TEXT
                + entry.hits().stream()
                        .mapToInt(hit -> hit.url().length()
                                + hit.page().text().length()
                                + hit.title().length()
                                + hit.snippet().length()
                                + CHARS_BESIDE_TEXT)
                        .sum();
    }
}
