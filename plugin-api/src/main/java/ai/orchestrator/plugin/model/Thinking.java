package ai.orchestrator.plugin.model;

/** Whether and how hard a model thinks before it answers. */
public enum Thinking {
    /** The caller did not say: a model that can think does. */
    UNSET,
    OFF,
    ON,
    LOW,
    MEDIUM,
    HIGH,
    MAX
}
