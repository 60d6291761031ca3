package ai.orchestrator.search.local;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import java.io.IOException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.QueryBuilder;

/** One query's way through an index. */
final class DocumentSearch {
    /** Found to rank best on two public collections, see docs/search.md: most of a title's words are in the text, too. */
    private static final float TITLE_WEIGHT = 0.5f;

    private static final Set<String> SHOWN = Set.of(IndexFields.NAME, IndexFields.TITLE, IndexFields.MODIFIED);

    private final IndexSearcher searcher;
    private final SearchQuery wanted;
    private final Optional<String> model;
    private final long end;

    /**
     * A query over a reader.
     *
     * @param model of the vectors that hits come with; empty for none
     * @param end the deadline, as {@link System#nanoTime} tells it
     */
    DocumentSearch(IndexReader reader, SearchQuery wanted, Optional<String> model, long end) {
        this.searcher = new IndexSearcher(reader);
        this.wanted = wanted;
        this.model = model;
        this.end = end;
        searcher.setTimeout(this::isOver);
    }

    /** The best documents first. */
    List<SearchHit> hits() throws IOException {
        Optional<Query> words = words();
        if (words.isEmpty()) {
            return List.of();
        }
        ScoreDoc[] found = searcher.search(recent(words.get()), wanted.limit()).scoreDocs;
        Snippets snippets = new Snippets(searcher, words.get());
        List<SearchHit> hits = new ArrayList<>();
        for (ScoreDoc hit : found) {
            if (isOver()) {
                throw tooLate();
            }
            hits.add(hit(hit, snippets));
        }
        if (searcher.timedOut()) {
            throw tooLate();
        }
        return List.copyOf(hits);
    }

    /** The text as words only, none of which is an operator; empty if no word is left without the most common ones. */
    private Optional<Query> words() {
        QueryBuilder builder = new QueryBuilder(DocumentIndex.ANALYZER);
        Query title = builder.createBooleanQuery(IndexFields.TITLE, wanted.text());
        Query body = builder.createBooleanQuery(IndexFields.BODY, wanted.text());
        if (title == null || body == null) {
            return Optional.empty();
        }
        return Optional.of(new BooleanQuery.Builder()
                .add(new BoostQuery(title, TITLE_WEIGHT), Occur.SHOULD)
                .add(body, Occur.SHOULD)
                .build());
    }

    private Query recent(Query words) {
        Period age =
                switch (wanted.freshness()) {
                    case ANY -> Period.ZERO;
                    case DAY -> Period.ofDays(1);
                    case WEEK -> Period.ofWeeks(1);
                    case MONTH -> Period.ofMonths(1);
                    case YEAR -> Period.ofYears(1);
                };
        if (age.isZero()) {
            return words;
        }
        Instant since = Instant.now().atZone(ZoneOffset.UTC).minus(age).toInstant();
        long nanos = TimeUnit.SECONDS.toNanos(since.getEpochSecond());
        return new BooleanQuery.Builder()
                .add(words, Occur.MUST)
                .add(LongField.newRangeQuery(IndexFields.MODIFIED, nanos, Long.MAX_VALUE), Occur.FILTER)
                .build();
    }

    private SearchHit hit(ScoreDoc found, Snippets snippets) throws IOException {
        var document = searcher.storedFields().document(found.doc, SHOWN);
        long modified = document.getField(IndexFields.MODIFIED).numericValue().longValue();
        return new SearchHit(
                DocumentUrl.of(document.get(IndexFields.NAME)),
                document.get(IndexFields.TITLE),
                snippets.of(found.doc),
                Optional.of(Instant.EPOCH.plusNanos(modified)),
                OptionalDouble.of(found.score),
                model.isEmpty() ? Optional.empty() : vector(found.doc, model.get()));
    }

    private Optional<float[]> vector(int doc, String by) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BinaryDocValues vectors = DocValues.getBinary(leaf.reader(), IndexFields.VECTOR);
        return vectors.advanceExact(doc - leaf.docBase)
                ? StoredVector.read(vectors.binaryValue(), by)
                : Optional.empty();
    }

    private boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    private static PluginFailure tooLate() {
        return new PluginFailure.Retriable(FailureCode.TIMEOUT, "The document search did not end in time.");
    }
}
