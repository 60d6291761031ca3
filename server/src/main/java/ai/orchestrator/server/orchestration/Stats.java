package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.RemoteOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Counts answers. */
public interface Stats {
    /** Counts one answer that was given. */
    void record(Answered answered);

    /** Counts one that was not. */
    void recordFailure(Duration took, boolean cancelled);

    /**
     * An answer that was given.
     *
     * @param promptTokens tokens that a model read for it; 0 where none was called
     * @param completionTokens tokens that a model wrote for it; 0 where none was called
     * @param took from the request's arrival to the last byte
     * @param cost what it cost this time; empty where nobody knows
     * @param saved what it would have cost on the High route and did not; empty where nobody knows
     */
    record Answered(
            ChatRequest request,
            CacheStatus cache,
            Optional<String> tier,
            String model,
            Optional<RemoteOrigin> remote,
            String route,
            int promptTokens,
            int completionTokens,
            Duration took,
            Optional<BigDecimal> cost,
            Optional<BigDecimal> saved) {}
}
