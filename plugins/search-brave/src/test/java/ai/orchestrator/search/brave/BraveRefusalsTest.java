package ai.orchestrator.search.brave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeBrave;
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
class BraveRefusalsTest {
    private static final SearchQuery QUERY = SearchQuery.of("tide tables", 5);

    private final FakeBrave brave = new FakeBrave(0);

    @AfterEach
    void stop() {
        brave.close();
    }

    static Stream<Arguments> permanent() {
        return Stream.of(
                Arguments.of("bad key", FakeBrave.badKey(), FailureCode.CREDENTIALS, "check api_key"),
                Arguments.of(
                        "bad key, listed",
                        FakeBrave.listed(422, "SUBSCRIPTION_TOKEN_INVALID"),
                        FailureCode.CREDENTIALS,
                        "check api_key"),
                Arguments.of(
                        "no key",
                        FakeBrave.validation("header", "x-subscription-token"),
                        FailureCode.CREDENTIALS,
                        "check api_key"),
                Arguments.of("not in the plan", FakeBrave.notInPlan(), FailureCode.CREDENTIALS, "no web search"),
                Arguments.of(
                        "not in the plan, listed",
                        FakeBrave.listed(404, "SUBSCRIPTION_NOT_FOUND"),
                        FailureCode.CREDENTIALS,
                        "no web search"),
                Arguments.of(
                        "bad country", FakeBrave.validation("query", "country"), FailureCode.UNSUPPORTED, "'country'"),
                Arguments.of(
                        "bad language",
                        FakeBrave.validation("query", "search_lang"),
                        FailureCode.UNSUPPORTED,
                        "'search_lang'"),
                Arguments.of("bad query", FakeBrave.validation("query", "q"), FailureCode.INVALID_REQUEST, "query"),
                Arguments.of(
                        "another code",
                        FakeBrave.listed(400, "OPTION_NOT_IN_PLAN"),
                        FailureCode.UNSUPPORTED,
                        "OPTION_NOT_IN_PLAN"),
                Arguments.of(
                        "another path",
                        Reply.whole(404, "text/html", "<p>Not found</p>"),
                        FailureCode.NOT_FOUND,
                        "404"),
                Arguments.of(
                        "used up without an end",
                        FakeBrave.listed(429, "QUOTA_LIMITED"),
                        FailureCode.QUOTA,
                        "used up"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("permanent")
    void needsTheOperator(String name, Reply refusal, FailureCode code, String message) {
        PluginFailure failure = refused(refusal);

        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    static Stream<Arguments> passing() {
        Duration second = Duration.ofSeconds(1);
        Duration month = Duration.ofSeconds(1_212_000);
        String[] usedUp = FakeBrave.rateHeaders("1, 0");
        return Stream.of(
                Arguments.of("rate", FakeBrave.rateLimited(), FailureCode.RATE_LIMITED, second),
                Arguments.of("rate, listed", FakeBrave.listed(429, "RATE_LIMITED"), FailureCode.RATE_LIMITED, second),
                Arguments.of(
                        "rate with Retry-After",
                        FakeBrave.listed(429, "RATE_LIMITED", "Retry-After", "2"),
                        FailureCode.RATE_LIMITED,
                        Duration.ofSeconds(2)),
                Arguments.of("quota", FakeBrave.quotaUsedUp(), FailureCode.QUOTA, month),
                Arguments.of("quota, listed", FakeBrave.listed(429, "QUOTA_LIMITED", usedUp), FailureCode.QUOTA, month),
                Arguments.of(
                        "quota by its headers alone",
                        Reply.whole(429, "text/plain", "no", usedUp),
                        FailureCode.QUOTA,
                        month),
                Arguments.of(
                        "rate by its headers alone",
                        Reply.whole(429, "text/plain", "no", FakeBrave.rateHeaders("0, 7")),
                        FailureCode.RATE_LIMITED,
                        second),
                Arguments.of(
                        "a plan without a month's limit",
                        Reply.whole(
                                429,
                                "text/plain",
                                "no",
                                "X-RateLimit-Limit",
                                "50, 0",
                                "X-RateLimit-Remaining",
                                "0, 0",
                                "X-RateLimit-Reset",
                                "1, 0"),
                        FailureCode.RATE_LIMITED,
                        second),
                Arguments.of(
                        "odd headers",
                        Reply.whole(
                                429, "text/plain", "no", "X-RateLimit-Remaining", "none", "X-RateLimit-Reset", "-1, x"),
                        FailureCode.RATE_LIMITED,
                        second));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void saysHowLongToWait(String name, Reply refusal, FailureCode code, Duration wait) {
        PluginFailure failure = refused(refusal);

        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryAfter()).contains(wait);
    }

    @Test
    void saysWhenTheMonthIsOver() {
        assertThat(refused(FakeBrave.quotaUsedUp())).hasMessageContaining("in 14 days");
    }

    @Test
    void aWrongKeyIsToldWithoutTheKey() {
        try (SearchEngine engine = Engines.over(brave.url(), Map.of("api_key", "BSA-wrong-0123456789"))) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));

            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(failure.getMessage()).doesNotContain("BSA-wrong");
            assertThat(engine.health()).isEqualTo(Health.down(failure.getMessage()));
        }
    }

    @Test
    void aQueryThatIsRefusedSaysNothingAboutTheEngine() {
        brave.next(FakeBrave.validation("query", "q"));
        try (SearchEngine engine = Engines.over(brave.url(), Map.of())) {
            assertThat(catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY)))
                    .isNotNull();
            assertThat(engine.health()).isEqualTo(Health.up());
        }
    }

    private PluginFailure refused(Reply refusal) {
        brave.next(refusal);
        try (SearchEngine engine = Engines.over(brave.url(), Map.of())) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> engine.search(QUERY));
            assertThat(failure).isNotNull();
            return failure;
        }
    }
}
