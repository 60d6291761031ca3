package ai.orchestrator.server.classify;

import java.time.Duration;

/**
 * How long something takes.
 *
 * @param median half of all take longer
 * @param p99 one of a hundred takes longer
 */
public record Pace(Duration median, Duration p99) {
    /** @param nanos the shortest first, at least one */
    static Pace ofSorted(long[] nanos) {
        return new Pace(at(nanos, 0.5), at(nanos, 0.99));
    }

    private static Duration at(long[] nanos, double part) {
        return Duration.ofNanos(nanos[(int) (part * (nanos.length - 1))]);
    }
}
