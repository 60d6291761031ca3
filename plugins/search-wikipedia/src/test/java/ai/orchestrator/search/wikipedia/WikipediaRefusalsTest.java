package ai.orchestrator.search.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeWikipedia;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the API's refusals. */
class WikipediaRefusalsTest {
    private static final SearchQuery QUERY = SearchQuery.of("tide tables", 5);

    private final FakeWikipedia wikipedia = new FakeWikipedia(0);

    @AfterEach
    void stop() {
        wikipedia.close();
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of(FakeWikipedia.lagging(), FailureCode.OVERLOADED, 5, "maxlag"),
                Arguments.of(FakeWikipedia.tooMany(30), FailureCode.RATE_LIMITED, 30, "429"),
                Arguments.of(FakeWikipedia.tooMany(3600), FailureCode.RATE_LIMITED, 60, "429"),
                Arguments.of(
                        Reply.whole(503, "text/html", "<p>busy</p>", "Retry-After", "9"),
                        FailureCode.UNAVAILABLE,
                        9,
                        "503"));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void saysHowLongToWait(Reply refusal, FailureCode code, int seconds, String message) {
        PluginFailure failure = refused(refusal);

        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "ratelimited, RATE_LIMITED, true",
        "cirrussearch-too-busy-error, RATE_LIMITED, true",
        "cirrussearch-backend-error, UNAVAILABLE, true",
        "readonly, UNAVAILABLE, true",
        "internal_api_error_DBQueryError, UNAVAILABLE, true",
        "blocked, CREDENTIALS, false",
        "readapidenied, CREDENTIALS, false",
        "cirrussearch-query-too-long, INVALID_REQUEST, false",
        "badvalue, BAD_REPLY, false"
    })
    void anErrorWithTheStatus200IsAFailure(String error, FailureCode code, boolean retriable) {
        PluginFailure failure = refused(FakeWikipedia.error(error, "It <b>says</b> so."));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof PluginFailure.Retriable).isEqualTo(retriable);
        assertThat(failure).hasMessageContaining(error).hasMessageEndingWith("It says so.");
    }

    @Test
    void aClientThatIsNotIdentifiedIsToldWhatToSet() {
        wikipedia.next(FakeWikipedia.unidentified());
        try (SearchEngine engine = Engines.over(wikipedia.url(), Map.of())) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));

            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining("'contact'");
            assertThat(engine.health()).isEqualTo(Health.down(failure.getMessage()));
        }
    }

    private PluginFailure refused(Reply refusal) {
        wikipedia.next(refusal);
        try (SearchEngine engine = Engines.over(wikipedia.url(), Map.of())) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));
            assertThat(failure).isNotNull();
            return failure;
        }
    }
}
