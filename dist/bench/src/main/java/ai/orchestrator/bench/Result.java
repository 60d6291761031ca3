package ai.orchestrator.bench;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out for one subject.
 *
 * @param ratio to the floor of its scenario; empty for the floor itself, and where a ratio says nothing
 */
record Result(
        String scenario, String subject, String unit, Samples samples, OptionalDouble ratio, Optional<Budget> budget) {

    static Result floor(String scenario, String subject, String unit, Samples samples) {
        return new Result(scenario, subject, unit, samples, OptionalDouble.empty(), Optional.empty());
    }

    /** Whether it keeps its budget; empty without one. */
    Optional<Boolean> met() {
        return budget.map(limit -> limit.isMetBy(this));
    }

    /** What a result has to keep. */
    sealed interface Budget {
        boolean isMetBy(Result result);

        /** As a table shows it. */
        String text();
    }

    /** The ratio is as high, or higher. */
    record LeastRatio(double least) implements Budget {
        @Override
        public boolean isMetBy(Result result) {
            return result.ratio().orElse(0) >= least;
        }

        @Override
        public String text() {
            return "ratio >= " + least;
        }
    }

    /** The median is as low, or lower. */
    record Most(double most, String unit) implements Budget {
        @Override
        public boolean isMetBy(Result result) {
            return result.samples().median() <= most;
        }

        @Override
        public String text() {
            return "<= " + most + " " + unit;
        }
    }
}
