package ai.orchestrator.bench.run;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out for one subject.
 *
 * @param ratio to the floor of its scenario; empty for the floor itself, and where a ratio says nothing
 */
public record Result(
        String scenario, String subject, String unit, Samples samples, OptionalDouble ratio, Optional<Budget> budget) {

    /** A figure that has to keep nothing. */
    public static Result floor(String scenario, String subject, String unit, Samples samples) {
        return new Result(scenario, subject, unit, samples, OptionalDouble.empty(), Optional.empty());
    }

    /** A figure that may be so high at most. */
    public static Result atMost(String scenario, String subject, double most, String unit, Samples samples) {
        return new Result(scenario, subject, unit, samples, OptionalDouble.empty(), Optional.of(new Most(most, unit)));
    }

    /** The same with its ratio to another. */
    public Result against(Samples floor) {
        return new Result(scenario, subject, unit, samples, OptionalDouble.of(samples.ratioTo(floor)), budget);
    }

    /** The same, which has to keep something. */
    public Result within(Budget limit) {
        return new Result(scenario, subject, unit, samples, ratio, Optional.of(limit));
    }

    /** Whether it keeps its budget; empty without one. */
    public Optional<Boolean> met() {
        return budget.map(limit -> limit.isMetBy(this));
    }

    /** What a result has to keep. */
    public sealed interface Budget {
        boolean isMetBy(Result result);

        /** As a table shows it. */
        String text();
    }

    /** The ratio is as high, or higher. */
    public record LeastRatio(double least) implements Budget {
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
    public record Most(double most, String unit) implements Budget {
        @Override
        public boolean isMetBy(Result result) {
            return result.samples().median() <= most;
        }

        @Override
        public String text() {
            return "<= " + most + " " + unit;
        }
    }

    /** Every sample is as low, or lower. */
    public record AlwaysMost(double most, String unit) implements Budget {
        @Override
        public boolean isMetBy(Result result) {
            return result.samples().max() <= most;
        }

        @Override
        public String text() {
            return "always <= " + most + " " + unit;
        }
    }
}
