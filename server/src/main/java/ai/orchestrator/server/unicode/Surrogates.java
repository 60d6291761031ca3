package ai.orchestrator.server.unicode;

/** JSON can escape halves of characters, which no UTF-8 can hold. */
public final class Surrogates {
    private static final int CHUNK = 1024;

    private Surrogates() {}

    /** The text with each half character replaced by U+FFFD, as Go decodes it. */
    public static String repair(String text) {
        return none(text) ? text : repairFrom(text);
    }

    /** Whether no half of a character stands alone. */
    public static boolean whole(String text) {
        return none(text) || text.codePoints().noneMatch(Surrogates::isHalf);
    }

    /** Whether there are no halves at all. Looks at chunks without a branch for each character, which Java does sixteen at a time. */
    private static boolean none(String text) {
        char[] chunk = new char[Math.min(CHUNK, text.length())];
        for (int from = 0; from < text.length(); from += CHUNK) {
            int length = Math.min(CHUNK, text.length() - from);
            text.getChars(from, from + length, chunk, 0);
            int halves = 0;
            for (int i = 0; i < length; i++) {
                // its sign bit is set for U+D800 to U+DFFF alone
                halves |= ~(chunk[i] - Character.MIN_SURROGATE) & (chunk[i] - Character.MAX_SURROGATE - 1);
            }
            if (halves < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static String repairFrom(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().map(c -> isHalf(c) ? 0xFFFD : c).forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
