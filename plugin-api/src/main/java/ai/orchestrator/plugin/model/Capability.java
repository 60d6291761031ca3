package ai.orchestrator.plugin.model;

/** What a model can do, in the terms of Ollama's {@code /api/show}. */
public enum Capability {
    /** Generates text. */
    COMPLETION,
    /** Calls tools. */
    TOOLS,
    /** Fills in between a prefix and a suffix. */
    INSERT,
    /** Reads images. */
    VISION,
    /** Turns text into vectors. */
    EMBEDDING,
    /** Reasons before it answers, and can be told whether to. */
    THINKING
}
