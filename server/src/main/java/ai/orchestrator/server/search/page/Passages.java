package ai.orchestrator.server.search.page;

import ai.orchestrator.server.unicode.PlainText;
import ai.orchestrator.server.web.FetchedPage;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a page's main text into passages at the ends of sentences. */
public final class Passages {
    /** The longest passage, in characters; two of them fill what is quoted of a source. */
    public static final int LONGEST = 500;

    /** What is beyond the first so many passages is not read. */
    private static final int MOST = 200;

    private final List<Passage> passages = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    private Passages() {}

    /** The page's passages in its order; none where it says nothing. */
    public static List<Passage> of(FetchedPage page) {
        return of(MainText.of(page));
    }

    /** The passages of plain text, given in blocks that are cut apart only where they are too long. */
    static List<Passage> of(List<String> blocks) {
        Passages passages = new Passages();
        for (String block : blocks) {
            if (passages.isFull()) {
                break;
            }
            passages.add(block);
        }
        passages.close();
        return List.copyOf(passages.passages.subList(0, Math.min(MOST, passages.passages.size())));
    }

    private void add(String block) {
        if (!open.isEmpty() && open.charAt(open.length() - 1) != ' ') {
            open.append(' ');
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(block);
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE && !isFull(); end = sentences.next()) {
            addSentence(block.substring(start, end));
            start = end;
        }
    }

    private boolean isFull() {
        return passages.size() >= MOST;
    }

    /** @param sentence with the spaces after it, if any; may be a whole page where nothing ends a sentence */
    private void addSentence(String sentence) {
        int length = sentence.stripTrailing().length();
        int from = 0;
        while (length - from > LONGEST && !isFull()) {
            close();
            String next = sentence.substring(from, Math.min(length, from + LONGEST + 1));
            int space = next.lastIndexOf(' ');
            String head = space > LONGEST / 2 ? next.substring(0, space) : PlainText.cut(next, LONGEST);
            open.append(head);
            from += head.length();
            while (from < length && Character.isWhitespace(sentence.charAt(from))) {
                from++;
            }
        }
        if (isFull()) {
            return;
        }
        if (open.length() + length - from > LONGEST) {
            close();
        }
        open.append(sentence, from, sentence.length());
    }

    private void close() {
        String text = open.toString().strip();
        open.setLength(0);
        if (!text.isEmpty()) {
            passages.add(new Passage(passages.size(), text));
        }
    }
}
