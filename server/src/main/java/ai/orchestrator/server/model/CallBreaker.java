package ai.orchestrator.server.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a far side alone for a while when calls of it failed several times in a row, or it asked for time. After the pause one call is let
 * through as a trial; others are refused until it is known what came of that.
 */
final class CallBreaker {
    private final CallConfig policy;
    private final LongSupplier nanoTime;
    private int failures;
    private boolean out;
    private @Nullable Object trial;
    private long until;
    private Duration pause;
    private String reason = "";
    private FailureCode code = FailureCode.UNAVAILABLE;

    CallBreaker(CallConfig policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.pause = policy.firstPause();
    }

    /** Lets a call through, or tells for how long none is. The call is told again by the same object. */
    synchronized Optional<Refusal> admit(Object call) {
        if (!out) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos(until - nanoTime.getAsLong());
        if (left.isPositive() || trial != null) {
            return Optional.of(new Refusal(left.isPositive() ? left : policy.firstWait(), code, reason));
        }
        trial = call;
        return Optional.empty();
    }

    /** A call was answered; true if the far side was out of use. */
    synchronized boolean answered() {
        boolean was = out;
        failures = 0;
        out = false;
        trial = null;
        pause = policy.firstPause();
        return was;
    }

    /** A call told nothing of the far side: its client left, or the request was wrong. */
    synchronized void undecided(Object call) {
        if (trial == call) {
            trial = null;
        }
    }

    /** A call failed; true if the far side is out of use because of it. */
    synchronized boolean failed(Object call, PluginFailure failure) {
        boolean tried = trial == call;
        failures++;
        Optional<Duration> asked = failure.retryAfter()
                .filter(time -> failure.code() == FailureCode.RATE_LIMITED && time.compareTo(policy.longestWait()) > 0);
        boolean was = out;
        if (asked.isEmpty() && failures < policy.failures() && !tried) {
            return false;
        }
        Duration next = asked.orElse(pause);
        if (tried) {
            pause = shorter(pause.multipliedBy(2), policy.longestPause());
            next = asked.orElse(pause);
        }
        undecided(call);
        out = true;
        reason = failure.getMessage();
        code = failure.code() == FailureCode.RATE_LIMITED ? FailureCode.RATE_LIMITED : FailureCode.UNAVAILABLE;
        until = nanoTime.getAsLong() + shorter(next, policy.longestPause()).toNanos();
        return !was;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Why no call is made, and for how long.
     *
     * @param code what clients are told: that they come too often where the far side said so, else that it cannot be had
     */
    record Refusal(Duration left, FailureCode code, String reason) {}
}
