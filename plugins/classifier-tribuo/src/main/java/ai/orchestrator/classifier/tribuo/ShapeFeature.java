package ai.orchestrator.classifier.tribuo;

import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What can be said of a question without understanding it, each as a number that needs no scale. */
enum ShapeFeature {
    /** The logarithm of the length. */
    LENGTH(0.8, "a long text", "a short text", text -> Math.log1p(text.length())),
    /** Different words among all. */
    VARIETY(0.5, "hardly a word said twice", "speaks of the same things again and again", text -> text.lines()
            .variety()),
    /** Lines that say again what was said. */
    REPEATED(1, "its lines say the same words again", "no line says again what was said", text -> text.lines()
            .repeated()),
    /** Lines of numbers, such as results to choose from. */
    RESULTS(1.25, "has lines of mere numbers", "has no lines of mere numbers", text -> text.lines()
            .numbers()),
    /** Questions for what something is. */
    WHAT(0.7, "asks what", "does not ask what", text -> text.has(Said.WHAT)),
    /** Questions for one of several. */
    WHICH(0.4, "asks which", "does not ask which", text -> text.has(Said.WHICH)),
    /** Quotation marks. */
    QUOTES(
            0.25,
            "quotes somebody",
            "quotes nobody",
            text -> Math.log1p(text.marks().quotes())),
    /** Questions for who, when or where. */
    WHO(0.25, "asks who, when or where", "does not ask who, when or where", text -> text.has(Said.WHO)),
    /** Negations. */
    NOT(0.25, "has a negation", "has no negation", text -> text.has(Said.NOT)),
    /** Questions for reasons. */
    WHY(0.25, "asks for reasons", "asks for no reasons", text -> text.has(Said.WHY)),
    /** Conditions. */
    CONDITIONS(0.25, "sets conditions", "sets no conditions", text -> text.has(Said.IF)),
    /** Question marks. */
    QUESTIONS(
            0.25,
            "asks several things",
            "asks one thing at most",
            text -> Math.log1p(text.marks().questions())),
    /** Signs of mathematics. */
    FORMULAS(
            0.15,
            "has formulas",
            "has no formulas",
            text -> Math.log1p(text.marks().formulas())),
    /** Digits among all characters. */
    DIGITS(
            0.15,
            "has many numbers",
            "has few numbers",
            text -> Math.sqrt(text.marks().digits() / Math.max(1.0, text.length()))),
    /** Signs of code. */
    CODE(0.15, "has code", "has no code", text -> Math.log1p(text.marks().code()));

    private final double scale;
    private final String high;
    private final String low;
    private final ToDoubleFunction<Text> amount;

    /** @param scale how much it weighs at most, beside the length */
    ShapeFeature(double scale, String high, String low, ToDoubleFunction<Text> amount) {
        this.scale = scale;
        this.high = high;
        this.low = low;
        this.amount = amount;
    }

    double scale() {
        return scale;
    }

    double of(Text text) {
        return amount.applyAsDouble(text);
    }

    /** In words for the operator: there is more, or less, of it than is usual. */
    String reason(boolean more) {
        return more ? high : low;
    }

    /** Words that give a kind of question away, in some languages. */
    private static final class Said {
        static final Set<String> WHO =
                Set.of("who", "when", "where", "wer", "wann", "wo", "qui", "quand", "où", "quién", "cuándo", "dónde");
        static final Set<String> WHAT = Set.of("what", "qué", "quoi");
        static final Set<String> WHICH =
                Set.of("which", "welche", "welcher", "welches", "quel", "quelle", "quels", "quelles", "cuál", "cuáles");
        static final Set<String> NOT = Set.of(
                "not",
                "except",
                "least",
                "false",
                "incorrect",
                "never",
                "nicht",
                "außer",
                "pas",
                "sauf",
                "no",
                "excepto");
        static final Set<String> WHY = Set.of(
                "why", "because", "explain", "warum", "weil", "pourquoi", "parce", "porqué", "porque", "explique");
        static final Set<String> IF = Set.of(
                "if",
                "suppose",
                "assume",
                "let",
                "given",
                "wenn",
                "falls",
                "angenommen",
                "si",
                "soit",
                "supongamos",
                "sea");

        private Said() {}
    }
}
