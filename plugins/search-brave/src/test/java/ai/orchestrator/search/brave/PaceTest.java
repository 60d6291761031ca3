package ai.orchestrator.search.brave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeBrave;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final Pace pace = new Pace(new BigDecimal("2"), clock::get);

    @Test
    void givesTurnsAtEvenDistances() {
        assertThat(pace.take(LONG)).isZero();
        assertThat(pace.take(LONG)).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.take(LONG)).isEqualTo(Duration.ofMillis(1000));

        clock.addAndGet(Duration.ofMillis(1200).toNanos());
        assertThat(pace.take(LONG)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void savesNoTurnsUp() {
        assertThat(pace.take(LONG)).isZero();
        clock.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(pace.take(LONG)).isZero();
        assertThat(pace.take(LONG)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void leavesATurnThatComesTooLateToOthers() {
        assertThat(pace.take(LONG)).isZero();

        PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> pace.take(Duration.ofMillis(499)));
        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(500));
        assertThat(pace.take(Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void asksTheServiceNoFasterThanThePlanAllows() {
        try (FakeBrave brave = new FakeBrave(0);
                SearchEngine engine = Engines.over(brave.url(), Map.of("requests_per_second", 0.01))) {
            assertThat(engine.search(SearchQuery.of("tide", 5))).isNotEmpty();

            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> engine.search(SearchQuery.of("tide", 5)));
            assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
            assertThat(failure).hasMessageContaining("requests_per_second");
            assertThat(engine.health()).isEqualTo(Health.up());
            assertThat(brave.calls()).hasSize(1);
        }
    }

    @Test
    void waitsForItsTurnWhereThereIsTime() {
        try (FakeBrave brave = new FakeBrave(0);
                SearchEngine engine = Engines.over(brave.url(), Map.of("requests_per_second", 20))) {
            for (int i = 0; i < 3; i++) {
                assertThat(engine.search(SearchQuery.of("tide", 5))).isNotEmpty();
            }
            assertThat(brave.calls()).hasSize(3);
        }
    }
}
