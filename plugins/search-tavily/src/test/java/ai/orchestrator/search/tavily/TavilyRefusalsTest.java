package ai.orchestrator.search.tavily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeTavily;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the service's refusals. */
class TavilyRefusalsTest {
    private static final SearchQuery QUERY = SearchQuery.of("tide tables", 5);

    private final FakeTavily tavily = new FakeTavily(0);

    @AfterEach
    void stop() {
        tavily.close();
    }

    static Stream<Arguments> permanent() {
        return Stream.of(
                Arguments.of(FakeTavily.error(401, "Unauthorized."), FailureCode.CREDENTIALS, "check api_key"),
                Arguments.of(FakeTavily.plainError(401, "Unauthorized."), FailureCode.CREDENTIALS, "check api_key"),
                Arguments.of(Reply.whole(401, "text/plain", "no"), FailureCode.CREDENTIALS, "check api_key."),
                Arguments.of(FakeTavily.error(403, "Forbidden."), FailureCode.CREDENTIALS, "It says: Forbidden."),
                Arguments.of(
                        FakeTavily.error(432, "Over the plan."), FailureCode.QUOTA, "432). It says: Over the plan."),
                Arguments.of(FakeTavily.plainError(433, "Over the limit."), FailureCode.QUOTA, "433). It says: Over"),
                Arguments.of(Reply.whole(432, "text/html", "<p>no</p>"), FailureCode.QUOTA, "used up (432)."),
                Arguments.of(
                        FakeTavily.error(400, "Query is too long."), FailureCode.INVALID_REQUEST, "Query is too long."),
                Arguments.of(FakeTavily.error(400, "Invalid country."), FailureCode.UNSUPPORTED, "check the settings"),
                Arguments.of(
                        Reply.json(
                                422,
                                "{\"detail\":[{\"loc\":[\"body\",\"topic\"],\"msg\":\"Bad topic\",\"type\":\"enum\"}]}"),
                        FailureCode.UNSUPPORTED,
                        "Bad topic"),
                Arguments.of(FakeTavily.plainError(404, "Not Found"), FailureCode.NOT_FOUND, "404"));
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void needsTheOperator(Reply refusal, FailureCode code, String message) {
        PluginFailure failure = refused(refusal);

        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(FakeTavily.error(429, "Too fast.", "Retry-After", "7"), FailureCode.RATE_LIMITED, 7),
                Arguments.of(FakeTavily.keylessError(429, "keyless_rate", 13), FailureCode.RATE_LIMITED, 13),
                Arguments.of(FakeTavily.keylessError(432, "keyless_limit", 60), FailureCode.QUOTA, 60),
                Arguments.of(FakeTavily.keylessError(429, "keyless_rate", 86_400), FailureCode.RATE_LIMITED, 60));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void saysHowLongToWait(Reply refusal, FailureCode code, int seconds) {
        PluginFailure failure = refused(refusal);

        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void knowsNoWaitWhereNoneIsSaid() {
        PluginFailure failure = refused(FakeTavily.plainError(429, "Too fast."));

        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining("Too fast.");
        assertThat(failure.retryAfter()).isEmpty();
    }

    @Test
    void aFaultOfTheServiceMayPass() {
        PluginFailure failure = refused(FakeTavily.error(500, "Internal Server Error"));

        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
    }

    @Test
    void doesNotRepeatTheKeyThatTheServiceRepeats() {
        PluginFailure failure = refused(FakeTavily.error(401, "Bad key <b>" + FakeTavily.KEY + "</b>\\n."));

        assertThat(failure).hasMessageEndingWith("It says: Bad key … .");
    }

    @Test
    void aWrongKeyIsToldInItsHealth() {
        try (SearchEngine engine = Engines.over(tavily.url(), Map.of("api_key", "tvly-wrong"))) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));

            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(engine.health()).isEqualTo(Health.down(failure.getMessage()));
            assertThat(failure.getMessage()).doesNotContain("tvly-wrong");
        }
    }

    private PluginFailure refused(Reply refusal) {
        tavily.next(refusal);
        try (SearchEngine engine = Engines.over(tavily.url(), Map.of())) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));
            assertThat(failure).isNotNull();
            return failure;
        }
    }
}
