package ai.orchestrator.plugin.classify;

import ai.orchestrator.plugin.PluginService;
import java.util.Optional;

/** Tells how hard a question is. Quick: it stands on the path of every routed request. */
public interface ComplexityClassifier extends PluginService {
    /** Classifies; any text is classified, the empty one too. */
    Classification classify(Question question);

    /**
     * The embedding model, such as {@code all-minilm:latest}, whose vector of the question's text this classifier does better with; empty
     * if it wants none. The host asks once. It then calls {@link #classify(Question, float[])} where it has the vector in time, and
     * {@link #classify(Question)} where it has not.
     */
    default Optional<String> embeddingModel() {
        return Optional.empty();
    }

    /**
     * Classifies with the help of a vector.
     *
     * @param embedding the vector of the question's text by {@link #embeddingModel}, of length 1; not changed
     */
    default Classification classify(Question question, float[] embedding) {
        return classify(question);
    }
}
