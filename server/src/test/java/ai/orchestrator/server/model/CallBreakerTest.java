package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallBreakerTest {
    private static final PluginFailure DOWN = new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "down");
    private static final Object CALL = new Object();

    private long now;
    private final CallBreaker breaker = new CallBreaker(CallConfig.DEFAULT, () -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(CALL, DOWN);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void failuresInARowTakeItOut() {
        fail(4);
        assertThat(breaker.admit(CALL)).isEmpty();
        breaker.answered();
        fail(4);
        assertThat(breaker.admit(CALL)).isEmpty();

        assertThat(breaker.failed(CALL, DOWN)).isTrue();
        assertThat(breaker.admit(CALL))
                .contains(new CallBreaker.Refusal(CallConfig.DEFAULT.firstPause(), FailureCode.UNAVAILABLE, "down"));
    }

    @Test
    void afterThePauseOneCallTriesIt() {
        fail(5);
        pass(Duration.ofSeconds(5));

        assertThat(breaker.admit(CALL)).isEmpty();
        assertThat(breaker.admit(CALL)).as("others wait for the trial").isPresent();
        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.admit(CALL)).isEmpty();
    }

    @Test
    void aTrialThatFailsDoublesThePauseUpToALimit() {
        fail(5);
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(breaker.admit(CALL)).isPresent();
            pass(Duration.ofNanos(1));
            assertThat(breaker.admit(CALL)).isEmpty();
            breaker.failed(CALL, DOWN);
        }
    }

    @Test
    void aTrialThatToldNothingIsFollowedByAnother() {
        fail(5);
        pass(Duration.ofSeconds(5));
        assertThat(breaker.admit(CALL)).isEmpty();
        breaker.undecided(CALL);
        assertThat(breaker.admit(CALL)).isEmpty();
    }

    @Test
    void whatCameOfAnEarlierCallSaysNothingOfTheTrial() {
        fail(5);
        pass(Duration.ofSeconds(5));
        assertThat(breaker.admit(CALL)).isEmpty();

        Object earlier = new Object();
        breaker.undecided(earlier);
        assertThat(breaker.admit(earlier)).as("the trial goes on").isPresent();
    }

    @Test
    void whoComesTooOftenIsToldSo() {
        breaker.failed(
                CALL, new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "slow down", Duration.ofSeconds(20)));

        assertThat(breaker.admit(CALL))
                .contains(new CallBreaker.Refusal(Duration.ofSeconds(20), FailureCode.RATE_LIMITED, "slow down"));
    }

    @Test
    void aFarSideThatAsksForTimeGetsIt() {
        breaker.failed(
                CALL, new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "slow down", Duration.ofSeconds(20)));
        pass(Duration.ofSeconds(19));
        assertThat(breaker.admit(CALL)).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(breaker.admit(CALL)).isEmpty();
    }

    @Test
    void oneThatAsksForHoursIsTriedAfterTheLongestPause() {
        breaker.failed(CALL, new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "tomorrow", Duration.ofHours(20)));
        pass(Duration.ofMinutes(1));
        assertThat(breaker.admit(CALL)).isEmpty();
    }
}
