package ai.orchestrator.classifier.signals;

/** The part of a text that is read closely: of a long one the beginning, which tends to say what is wanted, and the end. */
final class Excerpt {
    private static final int BEGINNING = 2500;
    private static final int END = 500;

    private Excerpt() {}

    static String of(String text) {
        if (text.length() <= BEGINNING + END) {
            return text;
        }
        return text.substring(0, BEGINNING) + "\n" + text.substring(text.length() - END);
    }
}
