package ai.orchestrator.plugin.model;

/** A piece of an answer, in the order it was made. */
public sealed interface ModelEvent {
    /** Part of the answer's text; never empty, never half a character. */
    record Text(String text) implements ModelEvent {}

    /** Part of what the model thinks before it answers; never empty. */
    record Think(String text) implements ModelEvent {}

    /** A whole tool call. */
    record Call(ToolCall call) implements ModelEvent {}

    /** The answer is complete; always the last. */
    record Finished(FinishReason reason, Usage usage) implements ModelEvent {}
}
