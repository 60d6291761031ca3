package ai.orchestrator.search.local;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document's own words: plain text without control characters.
 *
 * @param title on one line of at most 200 characters, where the document names itself
 * @param body in reading order
 */
record Document(Optional<String> title, String body) {
    private static final int LONGEST_TITLE = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n]]+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}]+");

    Document {
        title = title.map(Document::line).map(Document::shorten).filter(line -> !line.isEmpty());
        body = UNPRINTABLE.matcher(body).replaceAll(" ");
    }

    private static String shorten(String line) {
        if (line.length() <= LONGEST_TITLE) {
            return line;
        }
        int end = LONGEST_TITLE - 1;
        return line.substring(0, Character.isLowSurrogate(line.charAt(end)) ? end - 1 : end) + "…";
    }

    /** A text on one line. */
    static String line(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
