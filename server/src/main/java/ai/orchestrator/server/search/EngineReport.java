package ai.orchestrator.server.search;

import java.time.Instant;
import java.util.Optional;

/**
 * How an engine has done since the start.
 *
 * @param searches how often its results were wanted, whatever came of it
 * @param cached how often it had answered the same before and was not asked again
 * @param results how many results it gave in all
 * @param failures how often there was no answer from it, because it failed, was late, or was left out
 */
public record EngineReport(
        String engine, long searches, long cached, long results, long failures, Optional<Failure> lastFailure) {
    /**
     * A failure.
     *
     * @param sentence why
     */
    public record Failure(Instant at, String sentence) {}
}
