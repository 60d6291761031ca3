package ai.orchestrator.classifier.tribuo;

import java.util.List;
import java.util.Random;

/** The centres of groups of vectors, each of length 1, found by k-means. */
record Centres(List<float[]> centres) {
    private static final int MOST = 32;
    private static final int ROUNDS = 8;
    private static final int SAMPLE = 3000;

    static Centres learn(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            return new Centres(List.of());
        }
        Random random = new Random(SgdTraining.SEED);
        List<float[]> sample = vectors.size() <= SAMPLE
                ? vectors
                : random.ints(SAMPLE, 0, vectors.size()).mapToObj(vectors::get).toList();
        Centres found = new Centres(random.ints(Math.min(MOST, sample.size()), 0, sample.size())
                .mapToObj(sample::get)
                .toList());
        for (int round = 0; round < ROUNDS; round++) {
            found = found.moved(sample);
        }
        return found;
    }

    /** The cosine of the nearest centre, -1 to 1. */
    double similarity(float[] vector) {
        double nearest = -1;
        for (float[] centre : centres) {
            nearest = Math.max(nearest, dot(centre, vector));
        }
        return nearest;
    }

    private Centres moved(List<float[]> sample) {
        float[][] sums = new float[centres.size()][centres.getFirst().length];
        for (float[] vector : sample) {
            float[] sum = sums[nearest(vector)];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        return new Centres(List.of(sums).stream().map(Centres::unit).toList());
    }

    private int nearest(float[] vector) {
        int best = 0;
        double nearest = -2;
        for (int i = 0; i < centres.size(); i++) {
            double cosine = dot(centres.get(i), vector);
            if (cosine > nearest) {
                nearest = cosine;
                best = i;
            }
        }
        return best;
    }

    private static float[] unit(float[] sum) {
        double length = Math.sqrt(dot(sum, sum));
        float[] unit = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            unit[i] = length == 0 ? 0 : (float) (sum[i] / length);
        }
        return unit;
    }

    private static double dot(float[] left, float[] right) {
        float sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
