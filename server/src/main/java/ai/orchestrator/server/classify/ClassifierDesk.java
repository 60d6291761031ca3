package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.classify.TrainableClassifier;
import ai.orchestrator.plugin.classify.TrainableClassifier.Threshold;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.server.embed.UnitVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What an operator has done with a classifier: train, score, set its threshold. */
public final class ClassifierDesk {
    private static final int AT_ONCE = 64;
    private static final int MOST_TIMED = 5_000;
    private static final int WARM_UP = 10_000;

    private final String kind;
    private final ComplexityClassifier classifier;
    private final List<EmbeddingProvider> providers;

    /** @param kind what the configuration calls the classifier's kind */
    public ClassifierDesk(String kind, ComplexityClassifier classifier, List<EmbeddingProvider> providers) {
        this.kind = kind;
        this.classifier = classifier;
        this.providers = List.copyOf(providers);
    }

    /** Is told how far a work has come. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all are done. */
        void at(int done, int all);
    }

    /**
     * What moving a threshold changed.
     *
     * @param before the threshold before
     * @param wanted the threshold that gives the wanted share
     * @param after the threshold afterwards, which the settings may have kept where it was
     * @param shareBefore the part of the prompts that was hard before, 0 to 1
     * @param shareAfter the part that is hard afterwards
     */
    public record Moved(Threshold before, double wanted, Threshold after, double shareBefore, double shareAfter) {}

    /**
     * Has the classifier learn.
     *
     * @throws PluginFailure if it is not one that learns, or there is too little to learn from
     */
    public void train(List<Outcome> outcomes, String source, Progress progress) {
        TrainableClassifier trainable = trainable();
        List<float[]> vectors = vectors(outcomes.stream().map(Outcome::prompt).toList(), progress);
        trainable.train(outcomes, vectors, source);
    }

    /** How well the classifier in use chooses. One that gives no probabilities is scored by its tiers. */
    public Evaluation evaluate(List<Outcome> outcomes, Progress progress) {
        List<Double> scores = scores(outcomes.stream().map(Outcome::prompt).toList(), progress);
        List<GainCurve.Scored> scored = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            scored.add(new GainCurve.Scored(scores.get(i), outcome.weakCorrect(), outcome.strongCorrect()));
        }
        return classifier instanceof TrainableClassifier ? Evaluation.of(scored) : Evaluation.ofTiers(scored);
    }

    /** How long the classifier takes to decide, vectors aside: each prompt is classified on one thread, after enough were for the code to be compiled. */
    public Pace pace(List<Outcome> outcomes) {
        List<Question> questions = outcomes.stream()
                .limit(MOST_TIMED)
                .map(outcome -> Question.of(outcome.prompt()))
                .toList();
        for (int warm = 0; warm < WARM_UP; warm += questions.size()) {
            questions.forEach(classifier::classify);
        }
        long[] nanos = questions.stream()
                .mapToLong(question -> {
                    long start = System.nanoTime();
                    classifier.classify(question);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return Pace.ofSorted(nanos);
    }

    /** Moves the threshold so that, as nearly as can be, this part, 0 to 1, of the prompts is hard. */
    public Moved calibrate(List<String> prompts, double share, Progress progress) {
        TrainableClassifier trainable = trainable();
        Threshold before = trainable.threshold();
        List<Double> scores = scores(prompts, progress);
        double wanted = threshold(scores, share);
        Threshold after = trainable.moveThreshold(wanted);
        return new Moved(before, wanted, after, share(scores, before.highAbove()), share(scores, after.highAbove()));
    }

    /** What is known of the model in use; empty for a classifier that does not learn. */
    public Map<String, String> card() {
        return classifier instanceof TrainableClassifier trainable ? trainable.card() : Map.of();
    }

    private TrainableClassifier trainable() {
        if (classifier instanceof TrainableClassifier trainable) {
            return trainable;
        }
        throw new PluginFailure.Permanent(
                FailureCode.INVALID_REQUEST,
                "the classifier '" + kind + "' does not learn: set 'classifier.kind' to one that does");
    }

    private List<Double> scores(List<String> prompts, Progress progress) {
        if (!(classifier instanceof TrainableClassifier trainable)) {
            return prompts.stream()
                    .map(prompt -> (double) classifier
                            .classify(Question.of(prompt))
                            .complexity()
                            .ordinal())
                    .toList();
        }
        List<float[]> vectors = vectors(prompts, progress);
        if (vectors.isEmpty()) {
            ToDoubleFunction<String> need = prompt -> trainable.need(Question.of(prompt));
            return prompts.stream().map(need::applyAsDouble).toList();
        }
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            scores.add(trainable.need(Question.of(prompts.get(i)), vectors.get(i)));
        }
        return scores;
    }

    private Optional<UnitVectors> source() {
        return classifier
                .embeddingModel()
                .flatMap(model -> UnitVectors.find(model, providers, UnitVectors.Reading.QUESTION));
    }

    private List<float[]> vectors(List<String> prompts, Progress progress) {
        Optional<UnitVectors> source = source();
        List<float[]> vectors = new ArrayList<>();
        if (source.isPresent()) {
            for (int start = 0; start < prompts.size(); start += AT_ONCE) {
                progress.at(start, prompts.size());
                vectors.addAll(source.get().embed(prompts.subList(start, Math.min(prompts.size(), start + AT_ONCE))));
            }
        }
        return vectors;
    }

    /** Between two neighbouring scores, so that as near as can be to the wanted part of them is above. */
    static double threshold(List<Double> scores, double share) {
        List<Double> highestFirst =
                scores.stream().sorted(Comparator.reverseOrder()).toList();
        double best = 1;
        double distance = share;
        for (int i = 1; i <= highestFirst.size(); i++) {
            double above = highestFirst.get(i - 1);
            double below = i == highestFirst.size() ? 0 : highestFirst.get(i);
            double away = Math.abs(i / (double) highestFirst.size() - share);
            if (above > below && away < distance) {
                distance = away;
                best = i == highestFirst.size() && below == 0 ? 0 : (above + below) / 2;
            }
        }
        return best;
    }

    private static double share(List<Double> scores, double threshold) {
        return scores.stream().filter(score -> score > threshold).count() / (double) scores.size();
    }
}
