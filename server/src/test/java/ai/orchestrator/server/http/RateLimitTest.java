package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final RateLimit limit = new RateLimit(3, Duration.ofSeconds(30), now::get, path -> ErrorStyle.PLAIN);

    @Test
    void letsABurstThroughAndThenOneCallAShareOfThePeriod() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(10));
        assertThat(limit.take("b")).as("another client").isZero();

        pass(Duration.ofSeconds(9));
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();

        pass(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).as("no more than a burst is saved up").isPositive();
    }

    @Test
    void keepsTheBucketsOfTheLastAddressesOnly() {
        for (int i = 0; i < 3; i++) {
            limit.take("first");
        }
        for (int i = 0; i < 10_000; i++) {
            limit.take("address " + i);
        }
        assertThat(limit.take("first")).as("forgotten").isZero();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
