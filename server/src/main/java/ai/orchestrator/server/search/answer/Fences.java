package ai.orchestrator.server.search.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where code blocks begin and end. One whose fence stands at the very beginning of a line is known for sure; where any other fence has been seen
 * it depends on lists and quotations around it what is code, and nothing is taken for certain any more.
 */
final class Fences {
    /** What may be taken for granted where the text has come to, outside a code block that is one for sure. */
    enum Place {
        TEXT,
        /** Text, or code inside a list or a quotation. */
        PERHAPS_TEXT,
        /** The other way round. */
        PERHAPS_CODE
    }

    /** What the beginning of a line is. */
    enum Line {
        /** It takes more to tell. */
        UNDECIDED,
        TEXT,
        /** Belongs to a code block for sure. */
        CODE
    }

    private static final Pattern ANY = Pattern.compile(
            "((?:[ \\t>]|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))*+)(?:(`{3,}+)(?:[^`\\r\\n]*+(?:[\\r\\n]|\\z))|(~{3,}+)(?:[^\\r\\n]*+(?:[\\r\\n]|\\z)))");
    private static final Pattern CLOSING = Pattern.compile(" {0,3}+(`{3,}+|~{3,}+)[ \\t]*+(?:[\\r\\n]|\\z)");

    private String open = "";
    private boolean certain = true;
    private boolean uncertainCode;

    /** Whether the current line is in a code block for sure. */
    boolean inCode() {
        return !open.isEmpty();
    }

    /** The beginning of the current line is no longer what it was. */
    void doubt() {
        certain = false;
    }

    Place place() {
        if (certain) {
            return Place.TEXT;
        }
        return uncertainCode ? Place.PERHAPS_CODE : Place.PERHAPS_TEXT;
    }

    /** Looks at a line from its beginning, once. */
    Line begin(CharSequence text, boolean end) {
        return inCode() ? inside(text, end) : outside(text, end);
    }

    private Line inside(CharSequence text, boolean end) {
        Matcher matcher = CLOSING.matcher(text);
        boolean closes = matcher.lookingAt();
        if (matcher.hitEnd() && !end) {
            return Line.UNDECIDED;
        }
        if (closes && matcher.group(1).startsWith(open)) {
            open = "";
        }
        return Line.CODE;
    }

    private Line outside(CharSequence text, boolean end) {
        Matcher matcher = ANY.matcher(text);
        boolean fence = matcher.lookingAt();
        if (matcher.hitEnd() && !end) {
            return Line.UNDECIDED;
        }
        if (!fence) {
            return Line.TEXT;
        }
        if (certain && matcher.group(1).isEmpty()) {
            String ticks = matcher.group(2);
            open = ticks == null ? String.valueOf(matcher.group(3)) : ticks;
            return Line.CODE;
        }
        certain = false;
        uncertainCode = !uncertainCode;
        return Line.TEXT;
    }
}
