package ai.orchestrator.server.classify;

import ai.orchestrator.server.classify.GainCurve.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How well a classifier chooses which questions go to the large model.
 *
 * @param curve over all shares of questions that may go there
 * @param tiers how many questions go there, and how good the answers are, at some thresholds
 * @param reliability how often the large model was needed where that was so likely; of a classifier that gives no probabilities none
 */
public record Evaluation(GainCurve curve, List<Tier> tiers, List<Likely> reliability) {
    private static final double[] THRESHOLDS = {0.12, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3, 0.4};
    private static final double[] BORDERS = {0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1.01};

    public Evaluation {
        tiers = List.copyOf(tiers);
        reliability = List.copyOf(reliability);
    }

    /**
     * One threshold.
     *
     * @param share the part of the questions above it, 0 to 1
     * @param quality the part of right answers when these go to the large model
     */
    public record Tier(double threshold, double share, double quality) {}

    /**
     * Questions of about one probability.
     *
     * @param count how many there are
     * @param expected the mean of their probabilities
     * @param needed the part of them for which the large model was needed
     */
    public record Likely(int count, double expected, double needed) {}

    /** Of a classifier that gives probabilities. */
    static Evaluation of(List<Scored> scored) {
        return new Evaluation(
                GainCurve.of(scored),
                DoubleStream.of(THRESHOLDS)
                        .mapToObj(threshold -> tier(scored, threshold))
                        .toList(),
                reliability(scored));
    }

    /** Of one whose scores are no probabilities. */
    static Evaluation ofTiers(List<Scored> scored) {
        return new Evaluation(GainCurve.of(scored), List.of(), List.of());
    }

    private static Tier tier(List<Scored> scored, double threshold) {
        long above = scored.stream().filter(one -> one.score() > threshold).count();
        long right = scored.stream()
                .filter(one -> one.score() > threshold ? one.strongCorrect() : one.weakCorrect())
                .count();
        double all = scored.size();
        return new Tier(threshold, above / all, right / all);
    }

    private static List<Likely> reliability(List<Scored> scored) {
        List<Likely> parts = new ArrayList<>();
        for (int i = 0; i + 1 < BORDERS.length; i++) {
            double from = BORDERS[i];
            double to = BORDERS[i + 1];
            List<Scored> here = scored.stream()
                    .filter(one -> one.score() >= from && one.score() < to)
                    .toList();
            if (!here.isEmpty()) {
                parts.add(new Likely(
                        here.size(),
                        here.stream().mapToDouble(Scored::score).average().orElse(0),
                        here.stream().filter(one -> one.gain() > 0).count() / (double) here.size()));
            }
        }
        return parts;
    }
}
