package ai.orchestrator.server.download;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how far a transfer is, a line a second at most. */
final class Progress {
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
    private static final long MB = 1_000_000;

    private final String name;
    private final Consumer<String> lines;
    private final OptionalLong total;
    private final LongSupplier nanoClock;
    private long saidAt;

    /** @param total in bytes, where known */
    Progress(String name, OptionalLong total, Consumer<String> lines) {
        this(name, total, lines, System::nanoTime);
    }

    Progress(String name, OptionalLong total, Consumer<String> lines, LongSupplier nanoClock) {
        this.name = name;
        this.total = total;
        this.lines = lines;
        this.nanoClock = nanoClock;
        saidAt = nanoClock.getAsLong();
    }

    /** Says that so many bytes are there, if it is time for a line. */
    void at(long bytes) {
        long now = nanoClock.getAsLong();
        if (now - saidAt < INTERVAL) {
            return;
        }
        saidAt = now;
        String of = total.isPresent()
                ? " of " + total.getAsLong() / MB + " MB, " + 100 * bytes / total.getAsLong() + " %"
                : " MB";
        lines.accept(name + ": " + bytes / MB + of);
    }
}
