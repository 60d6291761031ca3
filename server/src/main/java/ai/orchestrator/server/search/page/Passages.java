package ai.orchestrator.server.search.page;

import ai.orchestrator.server.search.PlainText;
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
    private static final int MOST = 400;

    private final List<Passage> passages = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    private Passages() {}

    /** The page's passages in its order; none where it says nothing. */
    public static List<Passage> of(FetchedPage page) {
        return of(MainText.of(page));
    }

    /** The passages of these paragraphs. */
    static List<Passage> of(List<String> blocks) {
        Passages passages = new Passages();
        for (String block : blocks) {
            passages.add(block);
        }
        passages.close();
        return List.copyOf(passages.passages.subList(0, Math.min(MOST, passages.passages.size())));
    }

    private void add(String block) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(block);
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            addSentence(block.substring(start, end).strip());
            start = end;
        }
    }

    private void addSentence(String sentence) {
        String rest = sentence;
        while (rest.length() > LONGEST) {
            close();
            int space = rest.lastIndexOf(' ', LONGEST);
            String head = space > LONGEST / 2 ? rest.substring(0, space) : PlainText.cut(rest, LONGEST);
            open.append(head);
            rest = rest.substring(head.length()).strip();
        }
        if (open.length() + 1 + rest.length() > LONGEST) {
            close();
        }
        if (!rest.isEmpty()) {
            open.append(open.isEmpty() ? "" : " ").append(rest);
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            passages.add(new Passage(passages.size(), open.toString()));
            open.setLength(0);
        }
    }
}
