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
 * @param demand minus the points for the work that it asks for: much more demanding ones are strange
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

    private static final double LOWEST = 0.05;
    private static final double MOST_DEMAND = 2.5;
    private static final double SHORTEST = 0.01;
    /** In the logarithm: three quarters of the length. */
    private static final double SHORTER = 0.3;

    static Familiarity learn(List<Traits> seen) {
        return new Familiarity(
                Range.learn(values(seen, Traits::known), LOWEST),
                Range.learn(values(seen, Traits::length), SHORTEST).narrowed(SHORTER),
                Range.learn(values(seen, Traits::demand), LOWEST).narrowed(MOST_DEMAND),
                Range.learn(values(seen, Traits::similarity), LOWEST));
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
