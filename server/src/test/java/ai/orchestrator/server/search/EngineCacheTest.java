package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EngineCacheTest {
    private static final List<Hit> HITS = Hit.of("one", List.of(Results.hit("https://a.org/")), 10);

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final AtomicLong nanos = new AtomicLong();
    private final EngineCache cache = new EngineCache(nanos::get);

    private static SearchQuery query(String text, Freshness freshness) {
        return new SearchQuery(text, 10, Optional.empty(), freshness, Duration.ofSeconds(4));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private boolean has(SearchQuery query) {
        return cache.find("one", query).isPresent();
    }

    @Test
    void remembersForAsLongAsTheEngineSaysAndTellsHowMuchOfThatIsLeft() {
        SearchQuery query = query("folding paper", Freshness.ANY);
        cache.keep("one", query, HITS, TEN_MINUTES);
        pass(Duration.ofSeconds(599));

        assertThat(cache.find("one", query)).contains(new EngineCache.Found(HITS, Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(1));
        assertThat(has(query)).isFalse();
    }

    @Test
    void remembersForAMinuteWhatIsAboutThePresentAndThatNothingWasFound() {
        SearchQuery present = query("weather today", Freshness.DAY);
        SearchQuery nothing = query("qwzx", Freshness.ANY);
        cache.keep("one", present, HITS, TEN_MINUTES);
        cache.keep("one", nothing, List.of(), TEN_MINUTES);
        pass(Duration.ofSeconds(59));
        assertThat(has(present)).isTrue();
        assertThat(has(nothing)).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(has(present)).isFalse();
        assertThat(has(nothing)).isFalse();
    }

    @Test
    void anotherEngineOrQueryIsAnotherEntry() {
        cache.keep("one", query("Folding paper", Freshness.ANY), HITS, TEN_MINUTES);

        assertThat(has(query("folding PAPER", Freshness.ANY))).isTrue();
        assertThat(cache.find("two", query("folding paper", Freshness.ANY))).isEmpty();
        assertThat(has(query("folding papers", Freshness.ANY))).isFalse();
        assertThat(has(query("folding paper", Freshness.DAY))).isFalse();
        assertThat(has(new SearchQuery("folding paper", 9, Optional.empty(), Freshness.ANY, Duration.ofSeconds(4))))
                .isFalse();
        assertThat(has(new SearchQuery("folding paper", 10, Optional.of("de"), Freshness.ANY, Duration.ofSeconds(4))))
                .isFalse();
    }

    @Test
    void takesNoMoreThanItsShareOfMemory() {
        List<Hit> page = Hit.of("one", List.of(Results.hit("https://a.org/", "T", "word ".repeat(800))), 10);
        for (int i = 0; i < 4_000; i++) {
            cache.keep("one", query("q" + i, Freshness.ANY), page, TEN_MINUTES);
        }
        long kept = 0;
        for (int i = 0; i < 4_000; i++) {
            kept += has(query("q" + i, Freshness.ANY)) ? 1 : 0;
        }
        assertThat(kept).isBetween(1_000L, 2_100L);
    }
}
