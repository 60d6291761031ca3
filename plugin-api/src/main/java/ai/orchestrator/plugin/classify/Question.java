package ai.orchestrator.plugin.classify;

/**
 * What is classified.
 *
 * @param text the last user message
 * @param system the system prompt; may be empty
 * @param turns messages of the conversation before this one
 * @param conversationChars characters of the conversation in all
 * @param hasTools whether tools are offered to the model
 * @param hasImages whether images are part of the question
 * @param structured whether the answer has to be JSON
 */
public record Question(
        String text,
        String system,
        int turns,
        int conversationChars,
        boolean hasTools,
        boolean hasImages,
        boolean structured) {
    /** A question that stands alone. */
    public static Question of(String text) {
        return new Question(text, "", 0, text.length(), false, false, false);
    }
}
