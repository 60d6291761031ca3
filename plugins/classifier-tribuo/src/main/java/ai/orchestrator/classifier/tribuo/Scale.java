package ai.orchestrator.classifier.tribuo;

import java.util.Arrays;
import java.util.List;

/** Moves and stretches numbers so that those that were learnt from have mean 0 and spread 1; what is far out counts as 3. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Scale(double[] mean, double[] spread) {
    private static final double FURTHEST = 3;
    private static final double SMALLEST_SPREAD = 1e-3;

    static Scale learn(List<double[]> rows) {
        int width = rows.getFirst().length;
        double[] mean = new double[width];
        double[] spread = new double[width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                spread[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.size();
            }
        }
        Arrays.setAll(spread, i -> Math.max(SMALLEST_SPREAD, Math.sqrt(spread[i])));
        return new Scale(mean, spread);
    }

    double apply(int index, double value) {
        return Math.clamp((value - mean[index]) / spread[index], -FURTHEST, FURTHEST);
    }
}
