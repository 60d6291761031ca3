package ai.orchestrator.classifier.rules;

import ai.orchestrator.classifier.signals.Reading;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import java.util.List;

/** Holds the points of a question's {@link Reading} against two thresholds. */
final class RulesClassifier implements ComplexityClassifier {
    private static final int MOST_REASONS = 4;

    private final double lowBelow;
    private final double highFrom;

    RulesClassifier(double lowBelow, double highFrom) {
        this.lowBelow = lowBelow;
        this.highFrom = highFrom;
    }

    @Override
    public Classification classify(Question question) {
        Reading reading = Reading.of(question);
        double points = reading.points();
        Complexity complexity = complexity(points);
        return new Classification(complexity, confidence(points), reasons(reading, complexity));
    }

    private Complexity complexity(double points) {
        if (points < lowBelow) {
            return Complexity.LOW;
        }
        return points < highFrom ? Complexity.MEDIUM : Complexity.HIGH;
    }

    /** Half at a threshold, and nearing one with the distance from it. */
    private double confidence(double points) {
        double distance = Math.min(Math.abs(points - lowBelow), Math.abs(points - highFrom));
        return 1 - Math.exp(-distance) / 2;
    }

    private static List<String> reasons(Reading reading, Complexity complexity) {
        List<String> reasons = reading.reasons(complexity == Complexity.LOW).stream()
                .limit(MOST_REASONS)
                .toList();
        return reasons.isEmpty() ? List.of("nothing that makes it hard") : reasons;
    }
}
