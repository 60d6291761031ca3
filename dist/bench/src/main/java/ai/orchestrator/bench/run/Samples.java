package ai.orchestrator.bench.run;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What was measured of one subject, in the order of the rounds. */
public record Samples(List<Double> values) {
    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** A figure that was taken once. */
    public static Samples of(double value) {
        return new Samples(List.of(value));
    }

    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median of the rounds' own ratios: what disturbs a round disturbs both sides of it. */
    public double ratioTo(Samples floor) {
        return each(floor, (own, other) -> own / other).median();
    }

    /** By how much each round is above the same round of the floor. */
    public Samples above(Samples floor) {
        return each(floor, (own, other) -> own - other);
    }

    private Samples each(Samples floor, DoubleBinaryOperator compare) {
        return new Samples(IntStream.range(0, Math.min(values.size(), floor.values.size()))
                .mapToObj(round -> compare.applyAsDouble(values.get(round), floor.values.get(round)))
                .toList());
    }
}
