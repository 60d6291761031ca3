package ai.orchestrator.search.local;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;

/** Joins passages into plain text. Of a passage that is too long, as in a text without full stops, the part about its first match is kept. */
final class PassageText extends PassageFormatter {
    private static final String GAP = " … ";

    /** In characters. */
    private static final int LONGEST = 400;

    private static final int BEFORE_MATCH = 100;

    @Override
    public String format(Passage[] passages, String content) {
        return Arrays.stream(passages)
                .map(passage -> Document.line(cut(passage, content)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(GAP));
    }

    private static String cut(Passage passage, String content) {
        int start = passage.getStartOffset();
        int end = passage.getEndOffset();
        if (end - start <= LONGEST) {
            return content.substring(start, end);
        }
        int match = passage.getNumMatches() > 0 ? passage.getMatchStarts()[0] : start;
        int from = Math.max(start, match - BEFORE_MATCH);
        int to = Math.min(end, from + LONGEST);
        return content.substring(from == start ? from : nextWord(content, from, match), lastWord(content, match, to));
    }

    private static int nextWord(String content, int from, int match) {
        for (int i = from; i < match; i++) {
            if (Character.isWhitespace(content.charAt(i))) {
                return i;
            }
        }
        return match;
    }

    private static int lastWord(String content, int match, int to) {
        for (int i = to; i > match; i--) {
            if (i == content.length() || Character.isWhitespace(content.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(content.charAt(to)) ? to - 1 : to;
    }
}
