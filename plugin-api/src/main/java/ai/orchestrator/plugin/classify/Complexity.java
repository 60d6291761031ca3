package ai.orchestrator.plugin.classify;

/** How hard a question is. */
public enum Complexity {
    /** A small model answers it from what it knows. */
    LOW,
    /** A small model answers it with the right facts at hand. */
    MEDIUM,
    /** It wants a large model. */
    HIGH
}
