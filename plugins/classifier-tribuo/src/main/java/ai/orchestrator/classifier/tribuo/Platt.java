package ai.orchestrator.classifier.tribuo;

/** Turns scores into probabilities: a logistic curve, fitted to scores of questions that the model had not seen (Platt's scaling). */
record Platt(double slope, double offset) {
    private static final int MOST_STEPS = 100;
    private static final double CLOSE = 1e-9;
    private static final double RIDGE = 1e-6;

    /** Fits by Newton's method; the slope is never negative, for a score that says nothing must not be turned round. */
    static Platt fit(double[] scores, boolean[] needs) {
        double spread = spread(scores);
        double slope = 0;
        double offset = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double g0 = 0;
            double g1 = RIDGE * slope;
            double h00 = RIDGE;
            double h01 = 0;
            double h11 = RIDGE;
            for (int i = 0; i < scores.length; i++) {
                double x = scores[i] / spread;
                double p = logistic(slope * x + offset);
                double error = p - (needs[i] ? 1 : 0);
                g0 += error;
                g1 += error * x;
                h00 += p * (1 - p);
                h01 += p * (1 - p) * x;
                h11 += p * (1 - p) * x * x;
            }
            double determinant = h00 * h11 - h01 * h01;
            double moveOffset = (h11 * g0 - h01 * g1) / determinant;
            double moveSlope = (h00 * g1 - h01 * g0) / determinant;
            offset -= Math.clamp(moveOffset, -2, 2);
            slope -= Math.clamp(moveSlope, -2, 2);
            if (Math.abs(moveOffset) + Math.abs(moveSlope) < CLOSE) {
                break;
            }
        }
        return new Platt(Math.max(0, slope) / spread, offset);
    }

    /** The logarithm of the odds. */
    double logit(double score) {
        return slope * score + offset;
    }

    static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The inverse of {@link #logistic}. */
    static double oddsOf(double probability) {
        return Math.log(probability / (1 - probability));
    }

    private static double spread(double[] scores) {
        double squares = 0;
        for (double score : scores) {
            squares += score * score;
        }
        return Math.max(1e-12, Math.sqrt(squares / Math.max(1, scores.length)));
    }
}
