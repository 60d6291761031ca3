package ai.orchestrator.server.config;

import java.time.Duration;
import java.util.Map;

/**
 * How models that run elsewhere are called. One on this machine is called once: its provider queues requests and restarts what died by itself.
 *
 * @param retries how often a call that gave nothing is made again before the next model is asked; 0 for never
 * @param firstWait before the first of them, doubled before each further one; a random part of it, up to a half, is left out
 * @param longestWait the longest wait before a retry: a far side that asks for more time is left, and the next model asked
 * @param failures how many calls in a row may fail before a model is left alone
 * @param firstPause for how long it is, doubled each time that a trial afterwards fails
 * @param longestPause up to here
 * @param mostAtOnce how many calls may run at once, by the provider's name; a provider that is not named has no limit
 */
public record CallConfig(
        int retries,
        Duration firstWait,
        Duration longestWait,
        int failures,
        Duration firstPause,
        Duration longestPause,
        Map<String, Integer> mostAtOnce) {
    /** As it is where the configuration says nothing. */
    public static final CallConfig DEFAULT = new CallConfig(
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            5,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Map.of());

    public CallConfig {
        mostAtOnce = Map.copyOf(mostAtOnce);
    }
}
