package ai.orchestrator.search.searxng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeSearxng;
import ai.orchestrator.testkit.fakes.FakeSearxng.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of an instance's replies. */
class SearxngRepliesTest {
    private final FakeSearxng searxng = FakeSearxng.start(0);
    private final SearchEngine engine = Engines.over(searxng);

    @AfterEach
    void stop() {
        engine.close();
        searxng.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"WELL", "OLD"})
    void readsResultsOfOldAndNewInstances(Behaviour behaviour) {
        searxng.behave(behaviour);

        List<SearchHit> hits = search();

        assertThat(hits).hasSize(10);
        assertThat(hits.getFirst())
                .isEqualTo(new SearchHit(
                        "https://pages.example.org/1?a=b&c=%20d",
                        "Page 1 & more", "What page 1 tells \"in short\".", Optional.empty(), OptionalDouble.of(40)));
        assertThat(hits.get(2).publishedAt()).contains(Instant.parse("2026-04-15T08:30:00Z"));
    }

    @Test
    void makesTheBestOfOddFields() {
        searxng.behave(Behaviour.ODD_FIELDS);

        List<SearchHit> hits = search();

        assertThat(hits)
                .extracting(SearchHit::title)
                .containsExactly("First", "Third", "Fourth", "Fifth", "docs.example.org");
        assertThat(hits).extracting(SearchHit::snippet).contains("", "Fish & chips", "a b", "7");
        assertThat(hits.get(3).snippet()).startsWith("long long").hasSize(2_000);
        assertThat(hits)
                .extracting(SearchHit::publishedAt)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(Instant.parse("2026-03-04T05:06:07.250Z")),
                        Optional.of(Instant.parse("2026-03-04T00:00:00Z")),
                        Optional.of(Instant.parse("2026-03-04T03:06:07Z")),
                        Optional.empty());
        assertThat(hits).extracting(SearchHit::url).contains("https://docs.example.org/fifth%7Ca%20b?c=%7Bd%7D");
        assertThat(hits.getFirst().score()).hasValue(3.5);
        assertThat(hits.getLast().score()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON_OFF|UNSUPPORTED|formats: [html, json]",
                "JSON_OFF|UNSUPPORTED|botdetection.ip_lists.pass_ip",
                "LIMITED|RATE_LIMITED|botdetection.ip_lists.pass_ip",
                "FAULT|UNAVAILABLE|500",
                "PAGE|BAD_REPLY|web page",
                "GARBAGE|BAD_REPLY|not JSON",
                "NO_RESULTS_FIELD|BAD_REPLY|no results in it",
                "BROKEN_OFF|BROKEN_OFF|broke off",
                "HUGE|BAD_REPLY|2 MB",
                "ENGINES_BLOCKED|UNAVAILABLE|google: CAPTCHA, brave: Suspended: too many requests, startpage: no reason given",
                "NOT_SEARXNG|NOT_FOUND|404",
                "LOCKED|CREDENTIALS|401"
            })
    void tellsWhyThereIsNoAnswer(Behaviour behaviour, FailureCode code, String message) {
        searxng.behave(behaviour);

        assertThat(failure(Duration.ofSeconds(20)))
                .hasMessageContaining(message)
                .extracting(PluginFailure::code)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"LIMITED", "FAULT", "GARBAGE", "BROKEN_OFF", "ENGINES_BLOCKED", "DRIPPING", "SILENT"})
    void maySucceedLater(Behaviour behaviour) {
        searxng.behave(behaviour);
        assertThat(failure(Duration.ofMillis(500))).isInstanceOf(PluginFailure.Retriable.class);

        searxng.behave(Behaviour.WELL);
        assertThat(search()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"JSON_OFF", "PAGE", "REDIRECTING", "NOT_SEARXNG", "LOCKED", "HUGE"})
    void needsTheOperatorFirst(Behaviour behaviour) {
        searxng.behave(behaviour);

        assertThat(failure(Duration.ofSeconds(20))).isInstanceOf(PluginFailure.Permanent.class);
    }

    @Test
    void passesOnHowLongToWait() {
        searxng.behave(Behaviour.LIMITED_WITH_RETRY_AFTER);

        assertThat(failure(Duration.ofSeconds(20)).retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SILENT", "DRIPPING"})
    void endsAtTheDeadlineWhereverTheReplyHangs(Behaviour behaviour) {
        searxng.behave(behaviour);

        assertThat(failure(Duration.ofMillis(200)).code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void endsAtItsOwnTimeoutBeforeALaterDeadline() {
        searxng.behave(Behaviour.SILENT);
        try (SearchEngine hasty = Engines.over(searxng, Map.of("timeout", "150ms"))) {
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> hasty.search(query(Duration.ofDays(1000))));
            assertThat(failure).hasMessageContaining("150 ms");
        }
    }

    @Test
    void followsNoRedirect() {
        try (FakeSearxng elsewhere = FakeSearxng.start(0)) {
            searxng.redirectTo(elsewhere.url().resolve("/search?q=tide&format=json"));
            searxng.behave(Behaviour.REDIRECTING);

            assertThat(failure(Duration.ofSeconds(20))).hasMessageContaining("redirect");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void anInstanceThatIsNotThereIsUnavailable() {
        searxng.close();

        PluginFailure failure = failure(Duration.ofSeconds(20));
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(failure.getMessage()).doesNotContain("127.0.0.1");
    }

    @Test
    void healthIsHowTheLastSearchWent() {
        searxng.behave(Behaviour.FAULT);
        PluginFailure failure = failure(Duration.ofSeconds(20));
        assertThat(engine.health()).isEqualTo(Health.degraded(failure.getMessage()));

        searxng.behave(Behaviour.WELL);
        search();
        assertThat(engine.health()).isEqualTo(Health.up());
    }

    @Test
    void refusesSearchesOnceClosed() {
        SearchEngine closed = Engines.over(searxng);
        closed.close();

        assertThat(catchThrowableOfType(PluginFailure.class, () -> closed.search(SearchQuery.of("tide", 3)))
                        .code())
                .isEqualTo(FailureCode.UNAVAILABLE);
    }

    private List<SearchHit> search() {
        return engine.search(query(Duration.ofSeconds(20)));
    }

    private PluginFailure failure(Duration deadline) {
        return catchThrowableOfType(PluginFailure.class, () -> engine.search(query(deadline)));
    }

    private static SearchQuery query(Duration deadline) {
        return new SearchQuery("tide tables", 10, Optional.empty(), SearchQuery.Freshness.ANY, deadline);
    }
}
