package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.classify.TrainableClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a question the likelier to need the large model the more hundredths its text is long, and remembers what it is given. */
public final class FakeLearner implements TrainableClassifier {
    public final List<Outcome> learnt = new ArrayList<>();
    public final List<float[]> vectors = new ArrayList<>();
    public Optional<String> wants = Optional.empty();
    public Threshold threshold = new Threshold(0.5, false);

    @Override
    public Optional<String> embeddingModel() {
        return wants;
    }

    @Override
    public Classification classify(Question question) {
        return new Classification(
                need(question) > threshold.highAbove() ? Complexity.HIGH : Complexity.LOW, 1, List.of("text alone"));
    }

    @Override
    public Classification classify(Question question, float[] embedding) {
        return new Classification(Complexity.MEDIUM, 1, List.of("vector of " + embedding.length));
    }

    @Override
    public double need(Question question) {
        return Math.min(1, question.text().length() / 100.0);
    }

    @Override
    public double need(Question question, float[] embedding) {
        return 1 - need(question);
    }

    @Override
    public void train(List<Outcome> outcomes, List<float[]> embeddings, String source) {
        learnt.addAll(outcomes);
        vectors.addAll(embeddings);
    }

    @Override
    public Map<String, String> card() {
        return Map.of("trained on", learnt.size() + " outcomes");
    }

    @Override
    public Threshold threshold() {
        return threshold;
    }

    @Override
    public Threshold moveThreshold(double highAbove) {
        if (!threshold.fromSettings()) {
            threshold = new Threshold(highAbove, false);
        }
        return threshold;
    }
}
