package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallBreakerTest {
    private static final PluginFailure DOWN = new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "down");

    private long now;
    private final CallBreaker breaker = new CallBreaker(CallConfig.DEFAULT, () -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(DOWN);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void failuresInARowTakeItOut() {
        fail(4);
        assertThat(breaker.admit()).isEmpty();
        breaker.answered();
        fail(4);
        assertThat(breaker.admit()).isEmpty();

        assertThat(breaker.failed(DOWN)).isTrue();
        assertThat(breaker.admit()).contains(new CallBreaker.Refusal(CallConfig.DEFAULT.firstPause(), "down"));
    }

    @Test
    void afterThePauseOneCallTriesIt() {
        fail(5);
        pass(Duration.ofSeconds(5));

        assertThat(breaker.admit()).isEmpty();
        assertThat(breaker.admit()).as("others wait for the trial").isPresent();
        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void aTrialThatFailsDoublesThePauseUpToALimit() {
        fail(5);
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(breaker.admit()).isPresent();
            pass(Duration.ofNanos(1));
            assertThat(breaker.admit()).isEmpty();
            breaker.failed(DOWN);
        }
    }

    @Test
    void aTrialThatToldNothingIsFollowedByAnother() {
        fail(5);
        pass(Duration.ofSeconds(5));
        assertThat(breaker.admit()).isEmpty();
        breaker.undecided();
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void aFarSideThatAsksForTimeGetsIt() {
        breaker.failed(new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "slow down", Duration.ofSeconds(20)));
        pass(Duration.ofSeconds(19));
        assertThat(breaker.admit()).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void oneThatAsksForHoursIsTriedAfterTheLongestPause() {
        breaker.failed(new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "tomorrow", Duration.ofHours(20)));
        pass(Duration.ofMinutes(1));
        assertThat(breaker.admit()).isEmpty();
    }
}
