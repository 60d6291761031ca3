package ai.orchestrator.server.http;

/** JSON can escape halves of characters, which no UTF-8 can hold. */
public final class Surrogates {
    private Surrogates() {}

    /** The text with each half character replaced by U+FFFD, as Go decodes it. */
    public static String repair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repairFrom(text);
            }
        }
        return text;
    }

    private static String repairFrom(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
