package ai.orchestrator.server.stats;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long answers took since start: from a microsecond to an hour, to two digits. */
public final class Latencies {
    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 2);

    /** Notes one. */
    public void add(Duration took) {
        micros.recordValue(Math.clamp(took.toNanos() / 1_000, 1, LONGEST_MICROS));
    }

    /** Count and percentiles, in milliseconds. */
    public Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("count", micros.getTotalCount());
        snapshot.put("p50", millis(50));
        snapshot.put("p90", millis(90));
        snapshot.put("p95", millis(95));
        snapshot.put("p99", millis(99));
        snapshot.put("max", micros.getMaxValue() / 1_000.0);
        return snapshot;
    }

    private double millis(double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1_000.0;
    }
}
