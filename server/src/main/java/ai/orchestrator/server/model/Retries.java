package ai.orchestrator.server.model;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.CallConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Whether and when the call of one model is made again. Used by one thread. */
final class Retries {
    private final CallConfig policy;
    private final RandomGenerator random;
    private int made;

    Retries(CallConfig policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /**
     * How long to wait before the next try; empty if there is to be none: the failure is one that will come again, all tries were made, or the far
     * side asks for more time than a client should be kept waiting. What the far side asks for is waited for in full, and a little longer, so
     * that not all come back at once.
     */
    Optional<Duration> next(PluginFailure failure) {
        if (made >= policy.retries() || !(failure instanceof PluginFailure.Retriable) || !comesAndGoes(failure)) {
            return Optional.empty();
        }
        Duration backoff = policy.firstWait().multipliedBy(1L << Math.min(made, 20));
        Duration wait = failure.retryAfter()
                .map(asked -> asked.plus(part(policy.firstWait())))
                .orElseGet(() -> backoff.minus(part(backoff.dividedBy(2))));
        made++;
        return wait.compareTo(policy.longestWait()) <= 0 ? Optional.of(wait) : Optional.empty();
    }

    /** A deadline that passed has taken the client's time already. */
    private static boolean comesAndGoes(PluginFailure failure) {
        return switch (failure.code()) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE, STARTING, BROKEN_OFF, BAD_REPLY, QUOTA -> true;
            default -> false;
        };
    }

    private Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }
}
