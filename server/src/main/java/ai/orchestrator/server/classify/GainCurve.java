package ai.orchestrator.server.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How good the answers are in all when so many of the questions go to the large model, those first that a classifier finds hardest. Questions that
 * it finds equally hard go in no particular order, so that between them the quality is the expected one.
 */
public final class GainCurve {
    private static final int PARTS = 10;
    /** What is lost by rounding must not count as falling short. */
    private static final double ROUNDING = 1e-12;

    private final double weak;
    /** {@code [k]} is how many more are right when {@code k} questions go to the large model. */
    private final double[] gained;

    private GainCurve(double weak, double[] gained) {
        this.weak = weak;
        this.gained = gained;
    }

    /**
     * One question.
     *
     * @param score the higher, the sooner it goes to the large model
     */
    public record Scored(double score, boolean weakCorrect, boolean strongCorrect) {
        int gain() {
            return (strongCorrect ? 1 : 0) - (weakCorrect ? 1 : 0);
        }
    }

    /** @param questions at least one */
    public static GainCurve of(List<Scored> questions) {
        List<Scored> hardestFirst = new ArrayList<>(questions);
        hardestFirst.sort(Comparator.comparingDouble(Scored::score).reversed());
        double[] gained = new double[hardestFirst.size() + 1];
        int end;
        for (int start = 0; start < hardestFirst.size(); start = end) {
            int total = 0;
            for (end = start; end < hardestFirst.size() && same(hardestFirst, start, end); end++) {
                total += hardestFirst.get(end).gain();
            }
            for (int i = start; i < end; i++) {
                gained[i + 1] = gained[start] + total * (i + 1.0 - start) / (end - start);
            }
        }
        return new GainCurve(questions.stream().filter(Scored::weakCorrect).count(), gained);
    }

    private static boolean same(List<Scored> questions, int left, int right) {
        return questions.get(left).score() == questions.get(right).score();
    }

    /** How many questions there are. */
    public int size() {
        return gained.length - 1;
    }

    /** The part of the answers that is right, 0 to 1, when {@code share} of the questions, 0 to 1, go to the large model. */
    public double quality(double share) {
        return (weak + gained(share)) / size();
    }

    /** The part of what the large model is better by that is had at a share; empty if it is no better. */
    public OptionalDouble recovered(double share) {
        double all = gained[size()];
        return all > 0 ? OptionalDouble.of(gained(share) / all) : OptionalDouble.empty();
    }

    /** The mean of {@link #recovered} over all shares: 0.5 for a classifier that knows nothing. Empty if the large model is no better. */
    public OptionalDouble apgr() {
        if (gained[size()] <= 0) {
            return OptionalDouble.empty();
        }
        double area = 0;
        for (int i = 0; i < PARTS; i++) {
            area += (gained(i / (double) PARTS) + gained((i + 1) / (double) PARTS)) / 2 / PARTS;
        }
        return OptionalDouble.of(area / gained[size()]);
    }

    /** The smallest share at which at least this part, 0 to 1, of what the large model is better by is had; empty if it is no better. */
    public OptionalDouble shareToRecover(double part) {
        return gained[size()] > 0 ? first(part * gained[size()]) : OptionalDouble.empty();
    }

    /** The smallest share at which quality is at least this part, 0 to 1, of the large model's; empty if there is none. */
    public OptionalDouble shareForQuality(double part) {
        return first(part * (weak + gained[size()]) - weak);
    }

    private OptionalDouble first(double wanted) {
        for (int i = 0; i < gained.length; i++) {
            if (gained[i] >= wanted - ROUNDING) {
                return OptionalDouble.of(i / (double) size());
            }
        }
        return OptionalDouble.empty();
    }

    private double gained(double share) {
        double place = share * size();
        int below = (int) Math.min(size(), Math.floor(place + ROUNDING));
        double rest = Math.max(0, place - below);
        return below == size() ? gained[below] : gained[below] + rest * (gained[below + 1] - gained[below]);
    }
}
