package ai.orchestrator.openai.wire;

/** Keeps a text's pieces from ending inside a character: the first half of one waits for the next piece. */
public final class WholeCharacters {
    private String half = "";

    /** What can be passed on now; may be empty. */
    public String take(String piece) {
        String text = half + piece;
        half = "";
        if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            half = text.substring(text.length() - 1);
            return text.substring(0, text.length() - 1);
        }
        return text;
    }
}
