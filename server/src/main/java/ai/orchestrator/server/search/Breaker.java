package ai.orchestrator.server.search;

import ai.orchestrator.plugin.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an engine or a reranker out for a while after it failed: one that refuses our key or wants money for long, one that says when to come back until
 * then, any other after three failures in a row. When the time is over one call tries it again.
 */
final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int FAILURES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration RATE_PAUSE = Duration.ofSeconds(1);
    private static final Duration KEY_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final String engine;
    private final Duration trial;
    private final LongSupplier nanoClock;

    private int failures;
    private boolean out;
    private long outUntil;

    /**
     * @param trial how long the call that tries the engine again may take
     * @param nanoClock as {@link System#nanoTime}
     */
    Breaker(String engine, Duration trial, LongSupplier nanoClock) {
        this.engine = engine;
        this.trial = trial;
        this.nanoClock = nanoClock;
    }

    /** Whether the engine may be called now; if so, the caller tells how the call ended. Else how long it is still out. */
    synchronized Optional<Duration> enter() {
        if (!out) {
            return Optional.empty();
        }
        long now = nanoClock.getAsLong();
        if (outUntil - now > 0) {
            return Optional.of(Duration.ofNanos(outUntil - now));
        }
        outUntil = now + trial.toNanos();
        return Optional.empty();
    }

    synchronized void succeeded() {
        failures = 0;
        if (out) {
            out = false;
            LOG.info("search: {} answers again", engine);
        }
    }

    synchronized void failed(FailureCode code, Optional<Duration> retryAfter, String message) {
        if (blamesQuery(code)) {
            return;
        }
        failures++;
        pause(code, retryAfter).ifPresent(pause -> leaveOut(pause, message));
    }

    private static boolean blamesQuery(FailureCode code) {
        return code == FailureCode.INVALID_REQUEST
                || code == FailureCode.CONTENT_REFUSED
                || code == FailureCode.CONTEXT_LENGTH;
    }

    private Optional<Duration> pause(FailureCode code, Optional<Duration> retryAfter) {
        if (retryAfter.isPresent()) {
            return retryAfter;
        }
        return switch (code) {
            case CREDENTIALS, QUOTA -> Optional.of(KEY_PAUSE);
            case RATE_LIMITED -> Optional.of(RATE_PAUSE);
            default -> out || failures >= FAILURES ? Optional.of(PAUSE) : Optional.empty();
        };
    }

    private void leaveOut(Duration wanted, String message) {
        Duration pause = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
        outUntil = nanoClock.getAsLong() + pause.toNanos();
        if (!out) {
            out = true;
            LOG.warn("search: {} is left out for {} s: {}", engine, pause.toSeconds(), message);
        }
    }
}
