package ai.orchestrator.server.http.legacy;

/** Cuts a long text to what a small model's context holds: its beginning and, more of it, its end, where logs tell what went wrong. */
final class LogExcerpt {
    private LogExcerpt() {}

    /** The text, or some {@code length} characters of it with a note of what is missing. */
    static String of(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int head = length / 4;
        int headEnd = endOfLine(text, head);
        int tailStart = startOfLine(text, text.length() - (length - head));
        return text.substring(0, headEnd) + "\n[... " + (tailStart - headEnd) + " characters left out ...]\n"
                + text.substring(tailStart);
    }

    /** The last end of a line before {@code limit}, or a place between two characters if that line is too long. */
    private static int endOfLine(String text, int limit) {
        int end = text.lastIndexOf('\n', limit);
        return end > 0 ? end : betweenCharacters(text, limit);
    }

    private static int startOfLine(String text, int from) {
        int newline = text.indexOf('\n', from);
        return newline >= 0 && newline < text.length() - 1 ? newline + 1 : betweenCharacters(text, from);
    }

    private static int betweenCharacters(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
    }
}
