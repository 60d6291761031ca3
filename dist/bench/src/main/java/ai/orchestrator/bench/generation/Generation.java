package ai.orchestrator.bench.generation;

import java.time.Duration;

/**
 * An answer that was taken to its end.
 *
 * @param firstNanos when its first piece arrived
 * @param lastNanos when its end arrived
 */
record Generation(int tokens, long firstNanos, long lastNanos) {
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    /** How fast tokens came after the first one, for which the prompt had to be read. */
    double tokensPerSecond() {
        return (tokens - 1) * SECOND / (lastNanos - firstNanos);
    }
}
