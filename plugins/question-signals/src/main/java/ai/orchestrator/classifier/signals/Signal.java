package ai.orchestrator.classifier.signals;

import java.util.function.ToDoubleFunction;

/**
 * One thing that speaks for an easy or a hard question.
 *
 * @param reason what it is, in words for the operator
 * @param weight points for a strength of 1, above 0
 * @param strength how much of it there is; 0 when it is absent
 */
record Signal(Kind kind, String reason, double weight, ToDoubleFunction<Features> strength) {
    /** What a signal tells of a question. */
    enum Kind {
        /** It is easy; the points are taken off. */
        EASE,
        /** It wants facts, which a small model can be given. */
        FACTS,
        /** It wants thought. */
        THOUGHT,
        /** It asks for a piece of work that wants thought: a proof, an analysis, a design. */
        WORK
    }

    double points(Features features) {
        return weight * strength.applyAsDouble(features);
    }
}
