package ai.orchestrator.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Stats;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private final Statistics statistics = new Statistics();

    @Test
    void addsUp() {
        record(CacheStatus.MISS, Optional.empty(), 10, 5, Optional.of(BigDecimal.ONE));
        record(CacheStatus.HIT, Optional.of("memory"), 0, 0, Optional.of(BigDecimal.TWO));
        record(CacheStatus.HIT, Optional.of("sqlite"), 0, 0, Optional.empty());
        record(CacheStatus.SHARED, Optional.empty(), 0, 0, Optional.empty());
        statistics.recordFailure(Duration.ofMillis(1), false);
        statistics.recordFailure(Duration.ofMillis(1), true);

        Map<String, Object> snapshot = statistics.snapshot();
        assertThat(snapshot)
                .containsEntry("requests", Map.of("total", 6L, "answered", 4L, "failed", 1L, "cancelled", 1L));
        assertThat(map(snapshot, "cache"))
                .containsEntry("hits", 2L)
                .containsEntry("misses", 1L)
                .containsEntry("shared", 1L)
                .containsEntry("hits_by_tier", Map.of("memory", 1L, "sqlite", 1L))
                .containsEntry("hit_rate", new BigDecimal("0.5000"));
        assertThat(snapshot)
                .containsEntry("tokens", Map.of("prompt", 10L, "completion", 5L))
                .containsEntry("saved_usd", new BigDecimal("3"))
                .containsEntry("saved_unknown_answers", 2L)
                .containsEntry("routes", Map.of("low", 4L));
        assertThat(map(map(snapshot, "latency_ms"), "hit")).containsEntry("count", 2L);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(map(statistics.snapshot(), "cache")).containsEntry("hit_rate", new BigDecimal("0.0000"));
        assertThat(map(map(statistics.snapshot(), "latency_ms"), "other")).containsEntry("p99", 0.0);
    }

    private void record(
            CacheStatus status, Optional<String> tier, int prompt, int completion, Optional<BigDecimal> saved) {
        statistics.record(new Stats.Answered(
                ChatRequest.of("r", "m", Prompt.user("?")),
                status,
                tier,
                "m:latest",
                Optional.empty(),
                "low",
                prompt,
                completion,
                Duration.ofMillis(3),
                Optional.empty(),
                saved));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> map, String name) {
        return (Map<String, Object>) map.getOrDefault(name, Map.of());
    }
}
