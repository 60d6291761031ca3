package ai.orchestrator.server.orchestration;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a whole answer may take, however many models are asked for it.
 *
 * @param began a reading of {@link System#nanoTime}
 * @param length empty for no limit
 */
record TimeLimit(long began, Optional<Duration> length) {
    static TimeLimit from(long now, Optional<Duration> length) {
        return new TimeLimit(now, length);
    }

    /** What is left of it, zero when it is over; empty for no limit. */
    Optional<Duration> left(long now) {
        return length.map(whole -> {
            Duration left = whole.minusNanos(now - began);
            return left.isNegative() ? Duration.ZERO : left;
        });
    }
}
