package ai.orchestrator.search.local;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document's own words: plain text without control characters.
 *
 * @param title on one line, where the document names itself
 * @param body in reading order
 */
record Document(Optional<String> title, String body) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n]]+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}]+");

    Document {
        title = title.map(Document::line).filter(line -> !line.isEmpty());
        body = UNPRINTABLE.matcher(body).replaceAll(" ");
    }

    /** A text on one line. */
    static String line(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
