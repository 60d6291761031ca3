package ai.orchestrator.plugin.classify;

/**
 * What two models made of a question.
 *
 * @param prompt the question as it was asked
 * @param weakCorrect whether the small model's answer was right
 * @param strongCorrect whether the large model's answer was right
 */
public record Outcome(String prompt, boolean weakCorrect, boolean strongCorrect) {
    /** Whether the large model was needed: it was right, and the small one was not. */
    public boolean needsStrong() {
        return strongCorrect && !weakCorrect;
    }

    /** What the large model's answer was better by: 1, 0, or -1 where the small model alone was right. */
    public int gain() {
        return (strongCorrect ? 1 : 0) - (weakCorrect ? 1 : 0);
    }
}
