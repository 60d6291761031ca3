package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final Breaker breaker = new Breaker(now::get);

    @Test
    void opensAfterThreeFailuresInARowAndTriesOnceAPause() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.succeeded()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.isOpen()).isTrue();

        assertThat(breaker.admits()).isFalse();
        pass(Duration.ofMillis(500));
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("one at a time").isFalse();

        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void waitsLongerEachTimeUpToFiveSeconds() {
        for (int i = 0; i < 3; i++) {
            breaker.failed();
        }
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(5));
            assertThat(breaker.admits()).isTrue();
            breaker.failed();
        }
        pass(Duration.ofMillis(4_900));
        assertThat(breaker.admits()).isFalse();
        pass(Duration.ofMillis(100));
        assertThat(breaker.admits()).isTrue();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
