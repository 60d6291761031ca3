package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CrashBudgetTest {
    private Instant now = Instant.EPOCH;
    private final CrashBudget budget = new CrashBudget(() -> now);

    @Test
    void a_few_crashes_are_forgiven_and_one_too_many_makes_a_pause() {
        crashEach(CrashBudget.MOST - 1);
        assertThat(budget.pause()).isEmpty();
        crashEach(1);
        assertThat(budget.pause()).contains(CrashBudget.WITHIN.minusMinutes(CrashBudget.MOST));
    }

    @Test
    void the_pause_ends_when_the_first_crash_is_long_ago() {
        crashEach(CrashBudget.MOST);
        now = now.plus(budget.pause().orElseThrow()).minusMillis(1);
        assertThat(budget.pause()).contains(Duration.ofMillis(1));
        now = now.plusMillis(1);
        assertThat(budget.pause()).isEmpty();
        budget.crashed();
        assertThat(budget.pause()).isPresent();
    }

    private void crashEach(int times) {
        for (int i = 0; i < times; i++) {
            budget.crashed();
            now = now.plus(Duration.ofMinutes(1));
        }
    }
}
