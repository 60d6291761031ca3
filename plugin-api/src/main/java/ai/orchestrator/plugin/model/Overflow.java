package ai.orchestrator.plugin.model;

/**
 * What happens when a conversation outgrows the model's context.
 *
 * @param truncatePrompt whether the oldest messages of a prompt that is too long are left out; else the call fails with
 *     {@link ai.orchestrator.plugin.FailureCode#CONTEXT_LENGTH}
 * @param shiftContext whether an answer goes on at the end of the context by forgetting the oldest tokens; else it ends there with
 *     {@link FinishReason#LENGTH}
 */
public record Overflow(boolean truncatePrompt, boolean shiftContext) {
    /** Cut what is too long to read, and end at the end of the context. */
    public static final Overflow DEFAULT = new Overflow(true, false);
}
