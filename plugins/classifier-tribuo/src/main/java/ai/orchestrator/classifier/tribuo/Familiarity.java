package ai.orchestrator.classifier.tribuo;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much a question is like those that were learnt from, 0 to 1: only then what was learnt holds for it. It is as strange as the strangest
 * of its traits.
 *
 * @param known the part of its words and word pairs that the model knows
 * @param length the logarithm of its length: much shorter ones are strange
 * @param demand minus the points for the work that it asks for, by the hundred characters: much more demanding ones are strange
 * @param similarity to the nearest centre of what was learnt from; only with a vector
 */
record Familiarity(Range known, Range length, Range demand, Range similarity) {
    /** @param strange is as strange as can be, and so is all below; {@code usual} and above is usual */
    record Range(double strange, double usual) {
        double of(double value) {
            return Math.clamp((value - strange) / Math.max(1e-9, usual - strange), 0, 1);
        }

        /** The lowest values of what was learnt from are still usual; half as far again below them, seen from the middle, nothing is. */
        static Range learn(double[] values, double lowest) {
            if (values.length == 0) {
                return new Range(-1, 0);
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double usual = sorted[(int) (lowest * (sorted.length - 1))];
            double middle = sorted[sorted.length / 2];
            return new Range(usual - Math.max(1e-6, middle - usual), usual);
        }

        /** The same, with so much between what is usual and what is strange. */
        Range narrowed(double width) {
            return new Range(usual - width, usual);
        }
    }

    /** What a question shows of itself, in the order of the ranges above. */
    record Traits(double known, double length, double demand, double similarity) {}

    private static final double LOWEST = 0.02;
    private static final double FEWEST = 0.01;
    /** In the logarithm: three quarters of the length. */
    private static final double SHORTER = 0.3;

    static Familiarity learn(List<Traits> seen) {
        return new Familiarity(
                Range.learn(values(seen, Traits::known), LOWEST),
                Range.learn(values(seen, Traits::length), FEWEST).narrowed(SHORTER),
                demand(values(seen, Traits::demand)),
                Range.learn(values(seen, Traits::similarity), LOWEST));
    }

    /** Well beyond what all but few ask for: a point more in a hundred characters is still usual, and half a point further it is not. */
    private static Range demand(double[] values) {
        double usual = Range.learn(values, FEWEST).usual();
        return new Range(usual - 1.5, usual - 1);
    }

    double of(Traits traits, boolean embedded) {
        double least =
                Math.min(known.of(traits.known()), Math.min(length.of(traits.length()), demand.of(traits.demand())));
        return embedded ? Math.min(least, similarity.of(traits.similarity())) : least;
    }

    private static double[] values(List<Traits> seen, ToDoubleFunction<Traits> trait) {
        return seen.stream().mapToDouble(trait).toArray();
    }
}
