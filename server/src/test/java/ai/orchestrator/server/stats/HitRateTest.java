package ai.orchestrator.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HitRateTest {
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong lookups = new AtomicLong();
    private final HitRate rate = new HitRate(hits::get, lookups::get);

    @Test
    void nothingLookedUpIsNoHit() {
        assertThat(rate.snapshot().values()).allMatch(new BigDecimal("0.0000")::equals);
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        pass(3_000, 1, 1); // 50 minutes of hits only
        pass(60, 0, 1); // and then misses

        assertThat(rate.snapshot())
                .containsEntry("last_minute", new BigDecimal("0.0000"))
                .containsEntry("last_hour", new BigDecimal("0.9804"))
                .containsEntry("since_start", new BigDecimal("0.9804"));

        pass(3_540, 0, 1);
        assertThat(rate.snapshot())
                .containsEntry("last_hour", new BigDecimal("0.0000"))
                .containsEntry("since_start", new BigDecimal("0.4545"));

        pass(7_200, 3, 4);
        assertThat(rate.snapshot())
                .containsEntry("last_minute", new BigDecimal("0.7500"))
                .containsEntry("last_hour", new BigDecimal("0.7500"));
    }

    private void pass(int seconds, int hitsEach, int lookupsEach) {
        for (int second = 0; second < seconds; second++) {
            hits.addAndGet(hitsEach);
            lookups.addAndGet(lookupsEach);
            rate.tick();
        }
    }
}
