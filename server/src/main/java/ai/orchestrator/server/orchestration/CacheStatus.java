package ai.orchestrator.server.orchestration;

/** What the cache did for a request; the value of {@code X-Cache}. */
public enum CacheStatus {
    /** Answered from a tier. */
    HIT,
    /** Looked up, not found, answered afresh. */
    MISS,
    /** Joined an identical request that was running. */
    SHARED,
    /** Neither looked up nor stored. */
    BYPASS,
    /** Not looked up, answered afresh and stored. */
    REFRESH
}
