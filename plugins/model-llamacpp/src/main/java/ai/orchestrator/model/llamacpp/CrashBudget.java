package ai.orchestrator.model.llamacpp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Counts a worker's crashes: after too many in a short time it is left alone for a while. Guarded by its owner's lock. */
final class CrashBudget {
    static final int MOST = 3;
    static final Duration WITHIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Deque<Instant> crashes = new ArrayDeque<>();

    CrashBudget(InstantSource clock) {
        this.clock = clock;
    }

    void crashed() {
        crashes.addLast(clock.instant());
        if (crashes.size() > MOST) {
            crashes.removeFirst();
        }
    }

    /** Whether there were no crashes of late. */
    boolean isClean() {
        forgetOld(clock.instant());
        return crashes.isEmpty();
    }

    /** How long to wait before the next start; empty if there is no need to. */
    Optional<Duration> pause() {
        Instant now = clock.instant();
        forgetOld(now);
        return crashes.size() < MOST
                ? Optional.empty()
                : Optional.of(Duration.between(now, crashes.getFirst().plus(WITHIN)));
    }

    private void forgetOld(Instant now) {
        while (!crashes.isEmpty() && !crashes.getFirst().plus(WITHIN).isAfter(now)) {
            crashes.removeFirst();
        }
    }
}
