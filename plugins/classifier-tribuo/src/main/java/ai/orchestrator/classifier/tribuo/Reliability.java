package ai.orchestrator.classifier.tribuo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far probabilities can be relied on.
 *
 * @param order how often, 0 to 1, of two questions of which one needed the large model that one has the higher probability; 0.5 is chance
 * @param error how far the probabilities are from what came true, 0 to 1, on average over ten equal parts from the least likely to the likeliest
 */
record Reliability(double order, double error) {
    private static final int PARTS = 10;

    static Reliability of(double[] probabilities, boolean[] needs) {
        int[] order = IntStream.range(0, needs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> probabilities[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Reliability(order(order, probabilities, needs), error(order, probabilities, needs));
    }

    private static double order(int[] order, double[] probabilities, boolean[] needs) {
        double right = 0;
        long othersBelow = 0;
        long needed = 0;
        int end;
        for (int start = 0; start < order.length; start = end) {
            long here = 0;
            for (end = start; end < order.length && probabilities[order[end]] == probabilities[order[start]]; end++) {
                here += needs[order[end]] ? 1 : 0;
            }
            long othersHere = end - start - here;
            right += here * (othersBelow + othersHere / 2.0);
            othersBelow += othersHere;
            needed += here;
        }
        return needed == 0 || othersBelow == 0 ? 0.5 : right / needed / othersBelow;
    }

    private static double error(int[] order, double[] probabilities, boolean[] needs) {
        double error = 0;
        for (int part = 0; part < PARTS; part++) {
            int[] rows = Arrays.copyOfRange(order, part * order.length / PARTS, (part + 1) * order.length / PARTS);
            double expected =
                    IntStream.of(rows).mapToDouble(row -> probabilities[row]).sum();
            long came = IntStream.of(rows).filter(row -> needs[row]).count();
            error += Math.abs(expected - came) / Math.max(1, order.length);
        }
        return error;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "orders %.1f%% of pairs rightly, probabilities off by %.1f%%", 100 * order, 100 * error);
    }
}
