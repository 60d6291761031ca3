package ai.orchestrator.model.llamacpp;

/** Which engine the operator wants. */
enum EngineChoice {
    /** {@code llama-server} where there is one that works, else the embedded one. */
    AUTO,
    /** The one that comes with this plugin. */
    EMBEDDED,
    /** {@code llama-server}, or none. */
    SERVER
}
