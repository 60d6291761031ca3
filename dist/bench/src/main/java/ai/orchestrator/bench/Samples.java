package ai.orchestrator.bench;

import java.util.List;
import java.util.stream.IntStream;

/** What was measured of one subject, in the order of the rounds. */
record Samples(List<Double> values) {
    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median of the rounds' own ratios: what disturbs a round disturbs both sides of it. */
    double ratioTo(Samples floor) {
        return new Samples(IntStream.range(0, Math.min(values.size(), floor.values.size()))
                        .mapToObj(round -> values.get(round) / floor.values.get(round))
                        .toList())
                .median();
    }
}
