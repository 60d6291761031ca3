package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Gives turns at even distances, so that a plan's rate is never exceeded. */
final class Pace {
    private final long interval;
    private final LongSupplier nanoClock;
    private boolean begun;
    private long next;

    /** @param nanoClock as {@link System#nanoTime} */
    Pace(BigDecimal perSecond, LongSupplier nanoClock) {
        this.interval = BigDecimal.valueOf(TimeUnit.SECONDS.toNanos(1))
                .divide(perSecond, 0, RoundingMode.CEILING)
                .longValueExact();
        this.nanoClock = nanoClock;
    }

    /**
     * Takes the next turn.
     *
     * @return how long to wait for it
     * @throws PluginFailure if that is longer than {@code most}; the turn is left to others
     */
    synchronized Duration take(Duration most) {
        long now = nanoClock.getAsLong();
        long turn = begun && next - now > 0 ? next : now;
        Duration wait = Duration.ofNanos(turn - now);
        if (wait.compareTo(most) > 0) {
            throw new PluginFailure.Retriable(
                    FailureCode.RATE_LIMITED,
                    "All searches that requests_per_second allows for Brave are taken for now.",
                    wait);
        }
        begun = true;
        next = turn + interval;
        return wait;
    }
}
