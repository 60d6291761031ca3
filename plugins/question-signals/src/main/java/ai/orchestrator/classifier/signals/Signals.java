package ai.orchestrator.classifier.signals;

import static ai.orchestrator.classifier.signals.Signal.Kind.EASE;
import static ai.orchestrator.classifier.signals.Signal.Kind.FACTS;
import static ai.orchestrator.classifier.signals.Signal.Kind.THOUGHT;
import static ai.orchestrator.classifier.signals.Signal.Kind.WORK;

import ai.orchestrator.classifier.signals.Signal.Kind;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The rules. Points add up, those for facts to {@link #MOST_FOR_FACTS} at most: below 2 a small model does well, from 5 on a
 * large one is wanted, and what lies between wants facts or a little thought. What makes a question easier is only looked for
 * in short texts, and what makes it harder counts what is there, so that a further demand does not make a question easier.
 */
final class Signals {
    /** However many facts a question wants, they alone do not make it one for a large model. */
    static final double MOST_FOR_FACTS = 3;

    private static final int VERY_SHORT = 80;
    private static final int SHORT = 500;
    private static final int SHORTEST_CALCULATION = 60;

    static final List<Signal> ALL = List.of(
            signal(EASE, "small talk", 1, upTo(2, f -> f.length() < VERY_SHORT ? f.count(Topic.SMALL_TALK) : 0)),
            signal(EASE, "a short text to translate or reword", 3, when(f -> f.has(Topic.REWORDING) && isPlain(f))),
            signal(EASE, "asks what a word means", 1, when(f -> f.has(Topic.MEANING) && f.length() < VERY_SHORT)),
            signal(FACTS, "asks who, when, where or which", 2.5, when(f -> f.has(Topic.FACT_QUESTION) && f.asks())),
            signal(FACTS, "asks for something that changes with time", 3, when(f -> f.has(Topic.CHANGING))),
            signal(FACTS, "names somebody or something", 2, when(f -> f.names() > 0)),
            signal(FACTS, "compares", 2, when(f -> f.has(Topic.COMPARISON))),
            signal(FACTS, "asks how to do something", 1, when(f -> f.has(Topic.HOW_TO))),
            signal(FACTS, "asks for a quantity", 2, when(f -> f.has(Topic.QUANTITY_QUESTION))),
            signal(
                    FACTS,
                    "in a script that the rules have no words of",
                    2,
                    when(f -> f.characters().uncovered() > 0.5)),
            signal(WORK, "asks for a proof or a derivation", 5, when(f -> f.has(Topic.PROOF))),
            signal(WORK, "asks for an analysis or a judgement", 2.5, upTo(2, f -> f.count(Topic.ANALYSIS))),
            signal(WORK, "asks for a design or an implementation", 2.5, upTo(2, f -> f.count(Topic.DESIGN))),
            signal(THOUGHT, "is about mathematics", 2.5, upTo(2, f -> f.count(Topic.MATHS))),
            signal(THOUGHT, "has formulas", 1, upTo(3, f -> f.lines().formulas())),
            signal(THOUGHT, "a calculation with several quantities", 3, when(Signals::isCalculation)),
            signal(THOUGHT, "is about programming", 0.75, upTo(2, f -> f.count(Topic.PROGRAMMING))),
            signal(THOUGHT, "has code", 2, when(f -> f.lines().code() > 0)),
            signal(THOUGHT, "has much code", 1.5, upTo(3, f -> f.lines().code() / 15.0)),
            signal(THOUGHT, "several conditions to be met", 1, upTo(6, f -> f.count(Topic.CONSTRAINT) - 1)),
            signal(
                    THOUGHT,
                    "a list of demands or questions",
                    1,
                    upTo(3, f -> f.lines().items() + f.characters().questions() - 1)),
            signal(THOUGHT, "a long text", 1, upTo(6, f -> log2(f.length() / 400.0))),
            signal(
                    THOUGHT,
                    "a long conversation",
                    1,
                    upTo(3, f -> log2(f.question().conversationChars() / 8000.0))),
            signal(
                    THOUGHT,
                    "long instructions",
                    1,
                    when(f -> f.question().system().length() > 2000)),
            signal(THOUGHT, "has images", 2.5, when(f -> f.question().hasImages())),
            signal(THOUGHT, "may call tools", 1, when(f -> f.question().hasTools())),
            signal(THOUGHT, "has to be answered in JSON", 1, when(f -> f.question()
                    .structured())),
            signal(
                    THOUGHT,
                    "has to be answered in JSON with the help of tools",
                    3,
                    when(f -> f.question().hasTools() && f.question().structured())));

    private Signals() {}

    /** Nothing in it that is hard even to reword. */
    private static boolean isPlain(Features features) {
        return features.length() < SHORT
                && features.lines().code() == 0
                && !features.has(Topic.PROOF)
                && !features.has(Topic.ANALYSIS)
                && !features.has(Topic.DESIGN)
                && !features.has(Topic.PROGRAMMING);
    }

    /** A price with a model's number in it is none, so what changes with time takes more numbers to be one. */
    private static boolean isCalculation(Features features) {
        return features.has(Topic.QUANTITY_QUESTION)
                && features.length() >= SHORTEST_CALCULATION
                && features.characters().numbers() >= (features.has(Topic.CHANGING) ? 4 : 2);
    }

    private static Signal signal(Kind kind, String reason, double weight, ToDoubleFunction<Features> strength) {
        return new Signal(kind, reason, weight, strength);
    }

    private static ToDoubleFunction<Features> when(Predicate<Features> present) {
        return features -> present.test(features) ? 1 : 0;
    }

    private static ToDoubleFunction<Features> upTo(double most, ToDoubleFunction<Features> amount) {
        return features -> Math.clamp(amount.applyAsDouble(features), 0, most);
    }

    private static double log2(double number) {
        return Math.log(Math.max(1, number)) / Math.log(2);
    }
}
