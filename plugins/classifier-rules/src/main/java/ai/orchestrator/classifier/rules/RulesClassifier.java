package ai.orchestrator.classifier.rules;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import java.util.Comparator;
import java.util.List;

/** Adds up the points of the {@link Signals} and holds the sum against two thresholds. */
final class RulesClassifier implements ComplexityClassifier {
    private static final int MOST_REASONS = 4;

    private record Fired(Signal.Kind kind, String reason, double points) {}

    private final Phrases phrases = Phrases.load();
    private final double lowBelow;
    private final double highFrom;

    RulesClassifier(double lowBelow, double highFrom) {
        this.lowBelow = lowBelow;
        this.highFrom = highFrom;
    }

    @Override
    public Classification classify(Question question) {
        Features features = Features.of(question, phrases);
        List<Fired> fired = Signals.ALL.stream()
                .map(signal -> new Fired(signal.kind(), signal.reason(), signal.points(features)))
                .filter(signal -> signal.points() > 0)
                .toList();
        double score = sum(fired, Signal.Kind.THOUGHT)
                + Math.min(Signals.MOST_FOR_FACTS, sum(fired, Signal.Kind.FACTS))
                - sum(fired, Signal.Kind.EASE);
        Complexity complexity = complexity(score);
        return new Classification(complexity, confidence(score), reasons(fired, complexity));
    }

    private static double sum(List<Fired> fired, Signal.Kind kind) {
        return fired.stream()
                .filter(signal -> signal.kind() == kind)
                .mapToDouble(Fired::points)
                .sum();
    }

    private Complexity complexity(double score) {
        if (score < lowBelow) {
            return Complexity.LOW;
        }
        return score < highFrom ? Complexity.MEDIUM : Complexity.HIGH;
    }

    /** Half at a threshold, and nearing one with the distance from it. */
    private double confidence(double score) {
        double distance = Math.min(Math.abs(score - lowBelow), Math.abs(score - highFrom));
        return 1 - Math.exp(-distance) / 2;
    }

    /** Those that spoke for the verdict: what makes a question hard, or for an easy one what makes it easy. */
    private static List<String> reasons(List<Fired> fired, Complexity complexity) {
        boolean easy = complexity == Complexity.LOW;
        List<String> reasons = fired.stream()
                .filter(signal -> (signal.kind() == Signal.Kind.EASE) == easy)
                .sorted(Comparator.comparingDouble(Fired::points).reversed())
                .limit(MOST_REASONS)
                .map(Fired::reason)
                .toList();
        return reasons.isEmpty() ? List.of("nothing that makes it hard") : reasons;
    }
}
