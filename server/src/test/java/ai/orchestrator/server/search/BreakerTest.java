package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {
    private long now = Long.MAX_VALUE - 1_000;
    private final Breaker breaker = new Breaker("web", Duration.ofSeconds(4), () -> now);

    private void fail(FailureCode code) {
        breaker.failed(code, Optional.empty(), "why");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void leftOutFor(Duration time) {
        pass(time.minusNanos(1));
        assertThat(breaker.enter()).contains(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(breaker.enter()).isEmpty();
    }

    @Test
    void threeFailuresInARowLeaveAnEngineOut() {
        fail(FailureCode.TIMEOUT);
        fail(FailureCode.UNAVAILABLE);
        breaker.succeeded();
        fail(FailureCode.BAD_REPLY);
        fail(FailureCode.INTERNAL);
        assertThat(breaker.enter()).isEmpty();
        fail(FailureCode.TIMEOUT);
        leftOutFor(Duration.ofSeconds(30));
    }

    @Test
    void oneCallTriesTheEngineAgain() {
        fail(FailureCode.CREDENTIALS);
        leftOutFor(Duration.ofMinutes(10));
        assertThat(breaker.enter()).contains(Duration.ofSeconds(4));
        breaker.succeeded();
        assertThat(breaker.enter()).isEmpty();
        fail(FailureCode.TIMEOUT);
        assertThat(breaker.enter()).isEmpty();
    }

    @Test
    void anEngineThatFailsItsTrialStaysOut() {
        fail(FailureCode.RATE_LIMITED);
        leftOutFor(Duration.ofSeconds(1));
        fail(FailureCode.TIMEOUT);
        leftOutFor(Duration.ofSeconds(30));
    }

    @Test
    void aTrialWhoseEndNobodyTellsIsFollowedByAnother() {
        fail(FailureCode.QUOTA);
        leftOutFor(Duration.ofMinutes(10));
        leftOutFor(Duration.ofSeconds(4));
    }

    @Test
    void theFarSideSaysWhenToComeBackWithinReason() {
        breaker.failed(FailureCode.RATE_LIMITED, Optional.of(Duration.ofSeconds(7)), "slow down");
        leftOutFor(Duration.ofSeconds(7));
        breaker.failed(FailureCode.UNAVAILABLE, Optional.of(Duration.ofDays(365_000)), "later");
        leftOutFor(Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTENT_REFUSED", "CONTEXT_LENGTH"})
    void aBadQueryIsNotTheEnginesFault(FailureCode code) {
        for (int i = 0; i < 10; i++) {
            fail(code);
        }
        assertThat(breaker.enter()).isEmpty();
    }
}
