package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import java.time.Duration;

/**
 * How one server is doing, and what of that stands in the log.
 *
 * @param timeouts how many calls in a row were not answered in time
 * @param warning the last sentence that the log warned with, empty if it never did
 * @param warnedAt the {@link System#nanoTime} of that
 * @param announced whether the present state stands in the log
 */
record Standing(Health health, int timeouts, String warning, long warnedAt, boolean announced) {
    static final Standing UNKNOWN = new Standing(Health.starting("Redis was not asked yet."), 0, "", 0, true);

    /** One slow answer is no outage. */
    private static final int MOST_TIMEOUTS = 2;
    /** A server that comes and goes is not to fill the log. */
    private static final Duration SAME_WARNING_AGAIN = Duration.ofMinutes(1);

    boolean isWell() {
        return health.state() == State.UP;
    }

    /** True if nothing would change if the server answered. */
    boolean isSettled(boolean toWrite) {
        return timeouts == 0 && (isWell() || health.state() == State.DEGRADED && !toWrite);
    }

    /** After an answer; an answer to a read says nothing about whether writes are refused. */
    Standing answered(boolean toWrite) {
        boolean stays = health.state() == State.DEGRADED && !toWrite;
        return new Standing(stays ? health : Health.up(), 0, warning, warnedAt, announced || !stays);
    }

    /** After a call that was not answered in time. */
    Standing timedOut(Health next) {
        Standing counted = new Standing(health, timeouts + 1, warning, warnedAt, announced);
        boolean answersElse = isWell() || health.state() == State.DEGRADED;
        return answersElse && counted.timeouts <= MOST_TIMEOUTS ? counted : counted.failed(next);
    }

    /** After a call that failed. */
    Standing failed(Health next) {
        boolean said = announced && health.state() == next.state();
        boolean news = !warning.equals(next.detail()) || System.nanoTime() - warnedAt > SAME_WARNING_AGAIN.toNanos();
        return said || !news
                ? new Standing(next, timeouts, warning, warnedAt, said)
                : new Standing(next, timeouts, next.detail(), System.nanoTime(), true);
    }
}
