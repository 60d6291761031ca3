package ai.orchestrator.search.local;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.Locale;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** Cuts out of a document what tells best why it matches, or its beginning where only the title does. */
final class Snippets {
    private static final int PASSAGES = 3;

    /** In characters. */
    private static final int PASSAGE_LENGTH = 200;

    private static final String[] FIELDS = {IndexFields.BODY};

    private final UnifiedHighlighter highlighter;
    private final Query query;

    Snippets(IndexSearcher searcher, Query query) {
        this.highlighter = UnifiedHighlighter.builder(searcher, DocumentIndex.ANALYZER)
                .withMaxLength(Integer.MAX_VALUE - 1)
                .withBreakIterator(() -> LengthGoalBreakIterator.createClosestToLength(
                        BreakIterator.getSentenceInstance(Locale.ROOT), PASSAGE_LENGTH, 0.5f))
                .withFormatter(new PassageText())
                .build();
        this.query = query;
    }

    /** A document's snippet on one line; empty if the document is. */
    String of(int doc) throws IOException {
        String[] snippets = highlighter
                .highlightFields(FIELDS, query, new int[] {doc}, new int[] {PASSAGES})
                .get(IndexFields.BODY);
        return snippets == null || snippets[0] == null ? "" : snippets[0];
    }
}
