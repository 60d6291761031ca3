package ai.orchestrator.server.search;

import ai.orchestrator.server.unicode.PlainText;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes somebody else's text harmless inside a prompt. It stays readable, and nothing in it means anything to a template or a parser. */
final class EvidenceText {
    /** {@code [INST]}, {@code [/TOOL_RESULTS]} and their kin, which have no angle bracket that escaping would break. */
    private static final Pattern BRACKET_TOKEN = Pattern.compile("\\[\\s*(\\|?/?[A-Za-z_][A-Za-z0-9_]{1,39}\\|?)\\s*]");

    /** Footnote numbers, which would pass for citations of our own sources; {@code a[0]} stays. */
    private static final Pattern FOOTNOTE = Pattern.compile("(?<![\\p{L}\\p{N}_)\\]])\\[(\\d{1,3})]");

    private EvidenceText() {}

    /**
     * Plain text in one line, without the delimiter, for use between tags and in a quoted attribute.
     *
     * @param delimiter what the tags are named; only letters, digits and {@code -}
     */
    static String quote(String text, String delimiter) {
        String plain = PlainText.of(text);
        String bracketless = FOOTNOTE.matcher(BRACKET_TOKEN.matcher(plain).replaceAll("($1)"))
                .replaceAll("($1)");
        return escape(without(bracketless, delimiter));
    }

    /** At most so many characters: whole sentences if one ends in the second half, else whole words. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int end = sentences.preceding(limit + 1);
        if (end >= limit / 2) {
            return text.substring(0, end).strip();
        }
        String head = PlainText.cut(text, limit - 1);
        int space = head.lastIndexOf(' ');
        return (space >= limit / 2 ? head.substring(0, space) : head) + "…";
    }

    private static String without(String text, String delimiter) {
        Pattern pattern = Pattern.compile(Pattern.quote(delimiter), Pattern.CASE_INSENSITIVE);
        String clean = pattern.matcher(text).replaceAll("");
        String cleaner = pattern.matcher(clean).replaceAll("");
        while (!cleaner.equals(clean)) {
            clean = cleaner;
            cleaner = pattern.matcher(clean).replaceAll("");
        }
        return clean;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
