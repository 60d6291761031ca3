package ai.orchestrator.plugin.classify;

import java.util.List;
import java.util.Map;

/**
 * A classifier that learns from outcomes when a large model is needed. It finds a question hard when that is more likely than a
 * threshold, which can be moved.
 */
public interface TrainableClassifier extends ComplexityClassifier {
    /** How likely it is, 0 to 1, that the small model fails where the large one does not. Of two questions the likelier one is sent to the large model first. */
    double need(Question question);

    /** The same with the help of a vector, as {@link #classify(Question, float[])} has it. */
    double need(Question question, float[] embedding);

    /**
     * Learns from outcomes, keeps what was learnt in a file that takes the place of an earlier one whole, and classifies by it from then on.
     * The same outcomes give the same model.
     *
     * @param embeddings the vector of each outcome's prompt by {@link #embeddingModel}; empty if there are none
     * @param source what the outcomes are from, for those who look at the model later
     * @throws ai.orchestrator.plugin.PluginFailure if there is too little to learn from, or the file cannot be written
     */
    void train(List<Outcome> outcomes, List<float[]> embeddings, String source);

    /** What is known of the model in use, in the order to show it: where it is from, what it learnt from, when, and how well it did. */
    Map<String, String> card();

    /** The threshold in use: questions with a larger {@link #need} are hard. */
    Threshold threshold();

    /**
     * Moves the threshold for the model in use and keeps it beside the model's file, so that servers find it.
     *
     * @param highAbove 0 to 1
     * @return the threshold that is in use afterwards: one from the settings stays
     * @throws ai.orchestrator.plugin.PluginFailure if it cannot be written
     */
    Threshold moveThreshold(double highAbove);

    /**
     * A threshold.
     *
     * @param highAbove 0 to 1
     * @param fromSettings whether the operator's settings name it, so that it cannot be moved
     */
    record Threshold(double highAbove, boolean fromSettings) {}
}
