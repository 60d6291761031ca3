package ai.orchestrator.cache.redis;

/** What a call is for, which decides how long it may take and what its outcome says about a server. */
enum Purpose {
    /** A request waits for it: limited by the deadline. */
    LOOKUP,
    /** Any other read. */
    READ,
    /** A write. */
    WRITE,
    /** For statistics: that a login lacks the rights for them, say, tells nothing about how the cache is doing. */
    OBSERVE
}
