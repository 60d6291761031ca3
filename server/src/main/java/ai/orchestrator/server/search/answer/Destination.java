package ai.orchestrator.server.search.answer;

/** Finds where the round brackets of a link end. */
final class Destination {
    static final int UNFINISHED = -1;
    static final int TOO_LONG = -2;

    private static final int LONGEST = 2_000;

    private Destination() {}

    /**
     * Where the bracket is that closes the one at {@code open}; {@link #UNFINISHED} where the text ends before, {@link #TOO_LONG} where nobody
     * would write so much.
     */
    static int end(CharSequence text, int open) {
        int depth = 0;
        boolean angle = false;
        for (int i = open; i < text.length(); i++) {
            if (i - open > LONGEST) {
                return TOO_LONG;
            }
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (angle) {
                angle = c != '>' && c != '\n' && c != '\r';
            } else if (c == '<' && blank(text, open + 1, i)) {
                angle = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return UNFINISHED;
    }

    private static boolean blank(CharSequence text, int from, int to) {
        return text.subSequence(from, to).chars().allMatch(Character::isWhitespace);
    }
}
