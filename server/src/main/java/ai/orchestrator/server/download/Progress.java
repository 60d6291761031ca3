package ai.orchestrator.server.download;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells how far a transfer is, a line every few seconds. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long MB = 1L << 20;

    private final String name;
    private final OptionalLong total;
    private final Consumer<String> lines;
    private long saidAt = System.nanoTime();

    Progress(String name, OptionalLong total, Consumer<String> lines) {
        this.name = name;
        this.total = total;
        this.lines = lines;
    }

    /** Says that so many bytes are there, if it is time for a line. */
    void at(long bytes) {
        if (System.nanoTime() - saidAt < INTERVAL.toNanos()) {
            return;
        }
        saidAt = System.nanoTime();
        String of = total.isPresent() && total.getAsLong() > 0
                ? " of " + total.getAsLong() / MB + " MB (" + 100 * bytes / total.getAsLong() + " %)"
                : " MB";
        lines.accept(name + ": " + bytes / MB + of);
    }
}
