package ai.orchestrator.server.search.answer;

import ai.orchestrator.server.search.answer.Fences.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises what an answer's Markdown is made of, as far as it matters here. */
final class Marks {
    private static final Mark UNDECIDED = new Mark.Undecided();
    private static final int LONGEST_CODE = 1_000;

    /** The brackets of a link with simple text; any other is met when its second bracket comes. */
    private static final Pattern TEXT = Pattern.compile(
            "!?\\[((?:[^\\[\\]\\\\\\r\\n`<]|\\\\[^\\r\\n]|!?\\[[^\\[\\]\\\\\\r\\n`<]{0,200}](?:\\([^()\\[\\]\\s<>\\\\`]{0,500}\\))?){0,300}+)](?=\\()");

    private static final Pattern CITATION =
            Pattern.compile(" ?\\[\\^?(\\d{1,3}(?: ?[,;\u2013-] ?\\^?\\d{1,3}){0,9}+)](?!\\()");

    /** A destination, and perhaps a title, in which nothing else can hide. */
    private static final Pattern SIMPLE = Pattern.compile(
            " *+(?:<[^<>\\[\\]`\\\\\\r\\n]*+>|[^\\s<>\\[\\]`\\\\]*+)(?: ++\"[^\"<>\\[\\]`\\\\\\r\\n]*+\")? *+");

    /** What may be the definition of a link that leads somewhere else. */
    private static final Pattern DEFINITION = Pattern.compile(
            "]:(?:\\s{60}|\\s{0,59}+(?:[</\\\\]|[A-Za-z&][A-Za-z0-9&#;+.-]{0,60}+(?:[:\\\\]|(?<=.{60}))))");

    private static final Pattern TAG = Pattern.compile("<[A-Za-z/!?]");

    /** Tags without attributes that answers need inside their lines. */
    private static final Pattern PLAIN_TAG = Pattern.compile("</?(?:br|sup|sub) ?/?>", Pattern.CASE_INSENSITIVE);

    /** Tags that make a page load something or lead somewhere. */
    private static final Pattern LOADING_TAG = Pattern.compile(
            "<[A-Za-z][A-Za-z0-9+.-]{1,31}:|</?(?:img|image|picture|video|audio|source|track|iframe|frame|frameset|embed|object|applet|link|script|style|svg|use"
                    + "|input|button|form|base|meta|body|table|td|th|a|area|bgsound|portal)(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);

    private static final String SPECIAL = "\\` ![]<\n\r";
    private static final String ESCAPED = "\\`![]()";

    private final CitedSources sources;

    Marks(CitedSources sources) {
        this.sources = sources;
    }

    /**
     * What becomes of the beginning of the text.
     *
     * @param before the character before it
     * @param place where brackets may be code, they are no citations; where it is not sure what is code, nothing is left alone for being some
     * @param spans whether backticks make code here
     * @param end whether nothing follows it
     */
    Mark at(CharSequence text, char before, Place place, boolean spans, boolean end) {
        return switch (text.charAt(0)) {
            case '\\' -> escape(text, end);
            case '`' -> spans ? code(text, end) : new Mark.Keep(1);
            case ' ' -> place == Place.PERHAPS_CODE ? new Mark.Keep(1) : citation(text, before, end);
            case '!', '[' -> link(text, before, place, end);
            case ']' -> closing(text, end);
            case '<' -> tag(text, before, place, end);
            default -> new Mark.Keep(plain(text));
        };
    }

    /** The characters up to the next that may mean something; a line's end is passed on by itself. */
    private static int plain(CharSequence text) {
        if (text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            return 1;
        }
        int i = 1;
        while (i < text.length() && SPECIAL.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static Mark escape(CharSequence text, boolean end) {
        if (text.length() == 1) {
            return end ? new Mark.Keep(1) : UNDECIDED;
        }
        return new Mark.Keep(ESCAPED.indexOf(text.charAt(1)) >= 0 ? 2 : 1);
    }

    /** A code span within one line and one cell of a table; what reaches further is not code to everybody. */
    private static Mark code(CharSequence text, boolean end) {
        int run = run(text, 0);
        int i = run;
        while (i < text.length() && i < LONGEST_CODE) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '|') {
                return new Mark.Unpaired(run);
            }
            int ticks = c == '`' ? run(text, i) : 0;
            if (ticks == run && (end || i + ticks < text.length())) {
                return new Mark.Keep(i + ticks);
            }
            i += Math.max(1, ticks);
        }
        return end || i >= LONGEST_CODE ? new Mark.Unpaired(run) : UNDECIDED;
    }

    private static int run(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == '`') {
            i++;
        }
        return i - from;
    }

    private Mark link(CharSequence text, char before, Place place, boolean end) {
        Matcher matcher = TEXT.matcher(text);
        boolean found = matcher.lookingAt();
        if (matcher.hitEnd() && !end) {
            return UNDECIDED;
        }
        if (!found) {
            return text.charAt(0) == '[' && place != Place.PERHAPS_CODE
                    ? citation(text, before, end)
                    : new Mark.Keep(1);
        }
        int open = matcher.end();
        int close = Destination.end(text, open);
        if ((close == Destination.UNFINISHED || close + 1 == text.length()) && !end) {
            return UNDECIDED;
        }
        boolean number = text.charAt(0) == '[' && matcher.group(1).matches("\\^?\\d{1,3}");
        if (close < 0 || sources.mayLeadTo(text.subSequence(open + 1, close).toString())) {
            if (number) {
                sources.cite(matcher.group(1));
            }
            return new Mark.Keep(1);
        }
        if (text.charAt(0) == '!') {
            return new Mark.Drop(close + 1);
        }
        String label = matcher.group(1);
        return new Mark.Reread(close + 1, number ? "[" + label + "]" : label);
    }

    private Mark citation(CharSequence text, char before, boolean end) {
        Matcher matcher = CITATION.matcher(text);
        boolean found = matcher.lookingAt();
        if (matcher.hitEnd() && !end) {
            return UNDECIDED;
        }
        if (!found) {
            return new Mark.Keep(1);
        }
        String list = matcher.group(1);
        int bracket = matcher.end() - 1;
        if (text.charAt(0) == ' ' && !sources.known(list).isEmpty()) {
            return new Mark.Keep(1);
        }
        // the bracket that closes it is looked at by itself
        if (sources.allKnown(list) || (list.equals("0") && Character.isLetterOrDigit(before))) {
            sources.cite(list);
            return new Mark.Keep(bracket);
        }
        String known = sources.known(list);
        sources.cite(known);
        return known.isEmpty() ? new Mark.Drop(bracket + 1) : new Mark.Write(bracket, "[" + known);
    }

    private Mark closing(CharSequence text, boolean end) {
        if (text.length() == 1) {
            return end ? new Mark.Keep(1) : UNDECIDED;
        }
        if (text.charAt(1) == '(') {
            int close = Destination.end(text, 1);
            if (close == Destination.UNFINISHED) {
                return end ? new Mark.Keep(1) : UNDECIDED;
            }
            if (close == Destination.TOO_LONG) {
                return new Mark.Write(1, "] ");
            }
            String inner = text.subSequence(2, close).toString();
            if (!sources.mayLeadTo(inner)) {
                return new Mark.Write(close + 1, "] ");
            }
            return new Mark.Keep(SIMPLE.matcher(inner).matches() ? close + 1 : 2);
        }
        Matcher definition = DEFINITION.matcher(text);
        boolean found = definition.lookingAt();
        if (definition.hitEnd() && !end) {
            return UNDECIDED;
        }
        return found ? new Mark.Write(1, "] ") : new Mark.Keep(1);
    }

    private static Mark tag(CharSequence text, char before, Place place, boolean end) {
        Matcher plain = PLAIN_TAG.matcher(text);
        boolean isPlain = plain.lookingAt();
        Matcher broken = (place == Place.TEXT ? TAG : LOADING_TAG).matcher(text);
        boolean isTag = broken.lookingAt();
        if ((plain.hitEnd() || broken.hitEnd()) && !end) {
            return UNDECIDED;
        }
        if (isPlain && (Character.isLetterOrDigit(before) || ".,:;)".indexOf(before) >= 0)) {
            return new Mark.Keep(plain.end());
        }
        return isTag ? new Mark.Write(1, "< ") : new Mark.Keep(1);
    }
}
