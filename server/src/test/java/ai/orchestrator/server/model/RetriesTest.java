package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final PluginFailure DOWN = new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "down");

    private static Retries retries(long seed) {
        return new Retries(CallConfig.DEFAULT, new Random(seed));
    }

    private static PluginFailure limited(Duration retryAfter) {
        return new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "slow down", retryAfter);
    }

    @Property(tries = 100)
    void waitsDoubleLessARandomPart(@ForAll long seed) {
        Retries retries = retries(seed);

        assertThat(retries.next(DOWN).orElseThrow()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(retries.next(DOWN).orElseThrow()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(retries.next(DOWN)).isEmpty();
    }

    @Property(tries = 100)
    void whatTheFarSideAsksForIsWaitedForInFull(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4_700) int millis) {
        Duration asked = Duration.ofMillis(millis);

        assertThat(retries(seed).next(limited(asked)).orElseThrow()).isBetween(asked, asked.plusMillis(250));
    }

    @Test
    void aFarSideThatAsksForMoreThanAClientWaitsIsLeft() {
        assertThat(retries(1).next(limited(Duration.ofSeconds(30)))).isEmpty();
    }

    @Test
    void whatComesAgainIsNotTriedAgain() {
        for (FailureCode code : new FailureCode[] {
            FailureCode.TIMEOUT, FailureCode.INVALID_REQUEST, FailureCode.CONTEXT_LENGTH, FailureCode.CREDENTIALS
        }) {
            assertThat(retries(1).next(new PluginFailure.Retriable(code, "no"))).isEmpty();
        }
        assertThat(retries(1).next(new PluginFailure.Permanent(FailureCode.UNAVAILABLE, "gone")))
                .isEmpty();
    }
}
