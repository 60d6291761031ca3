package ai.orchestrator.openai.wire;

import java.time.Duration;

/** A moment by which a call has to be over. */
final class Deadline {
    private final long start = System.nanoTime();
    private final Duration length;

    Deadline(Duration length) {
        this.length = length;
    }

    Duration length() {
        return length;
    }

    Duration left() {
        return length.minusNanos(System.nanoTime() - start);
    }

    boolean passed() {
        return !left().isPositive();
    }
}
