package ai.orchestrator.plugin.model;

/** Why an answer ended. */
public enum FinishReason {
    /** The model was done, or wrote a stop text. */
    STOP,
    /** The limit of tokens or the end of the context was reached. */
    LENGTH,
    /** The model waits for the results of tools. */
    TOOL_CALLS,
    /** The far side cut the answer for its content. */
    CONTENT_FILTER
}
