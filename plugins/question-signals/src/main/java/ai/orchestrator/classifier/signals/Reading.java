package ai.orchestrator.classifier.signals;

import ai.orchestrator.classifier.signals.Signal.Kind;
import ai.orchestrator.plugin.classify.Question;
import java.util.Comparator;
import java.util.List;

/** What the signals say of one question. */
public final class Reading {
    /** So many points and more are no longer for a small model alone: it wants facts or a little thought. */
    public static final double SOME = 2;

    /** So many points and more want a large model. */
    public static final double MANY = 5;

    private static final Phrases PHRASES = Phrases.load();

    private record Fired(Kind kind, String reason, double points) {}

    private final List<Fired> fired;

    private Reading(List<Fired> fired) {
        this.fired = fired;
    }

    /** Reads a question; of a long text the beginning and the end. */
    public static Reading of(Question question) {
        Features features = Features.of(question, PHRASES);
        return new Reading(Signals.ALL.stream()
                .map(signal -> new Fired(signal.kind(), signal.reason(), signal.points(features)))
                .filter(signal -> signal.points() > 0)
                .toList());
    }

    /** Points for a hard question, less those for an easy one; up to {@link #SOME} it is easy, from {@link #MANY} on hard. */
    public double points() {
        return sum(Kind.THOUGHT) + work() + facts() - sum(Kind.EASE);
    }

    /** The part of the points that is for facts, 0 to 3. */
    public double facts() {
        return Math.min(Signals.MOST_FOR_FACTS, sum(Kind.FACTS));
    }

    /** The part of the points that is for work that it asks for: a proof, an analysis, a design. */
    public double work() {
        return sum(Kind.WORK);
    }

    /** The part of the points that makes a question easy, 0 or more: it is taken off. */
    public double ease() {
        return sum(Kind.EASE);
    }

    /** What makes the question hard, or for an easy one what makes it easy: the weightiest first, in words for the operator. */
    public List<String> reasons(boolean easy) {
        return fired.stream()
                .filter(signal -> (signal.kind() == Kind.EASE) == easy)
                .sorted(Comparator.comparingDouble(Fired::points).reversed())
                .map(Fired::reason)
                .toList();
    }

    private double sum(Kind kind) {
        return fired.stream()
                .filter(signal -> signal.kind() == kind)
                .mapToDouble(Fired::points)
                .sum();
    }
}
