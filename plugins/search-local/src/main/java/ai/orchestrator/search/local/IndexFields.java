package ai.orchestrator.search.local;

import ai.orchestrator.search.local.FoundFile.Stamp;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** How a document lies in the index. A change here needs a new {@link #FORMAT}, so that older indexes are made anew. */
final class IndexFields {
    static final String FORMAT = "2";

    static final String NAME = "name";
    static final String TITLE = "title";
    static final String BODY = "body";
    static final String MODIFIED = "modified";
    /** Empty until the document's vector is made; a number of the model that made it, and the vector. */
    static final String VECTOR = "vector";

    private static final String SIZE = "size";

    private static final Pattern NAME_PARTS = Pattern.compile("[._-]+");
    private static final FieldType BODY_TYPE = bodyType();

    private IndexFields() {}

    static org.apache.lucene.document.Document toLucene(FoundFile file, Document document) {
        String fileName = file.name().substring(file.name().lastIndexOf('/') + 1);
        var fields = new org.apache.lucene.document.Document();
        fields.add(new StringField(NAME, file.name(), Store.YES));
        fields.add(new SortedDocValuesField(NAME, new BytesRef(file.name())));
        fields.add(new LongField(MODIFIED, file.stamp().modified(), Store.YES));
        fields.add(new LongField(SIZE, file.stamp().size(), Store.NO));
        fields.add(new BinaryDocValuesField(VECTOR, new BytesRef()));
        fields.add(new StoredField(TITLE, document.title().orElse(Document.line(fileName))));
        fields.add(new TextField(
                TITLE, document.title().orElse(NAME_PARTS.matcher(fileName).replaceAll(" ")), Store.NO));
        fields.add(new org.apache.lucene.document.Field(BODY, document.body(), BODY_TYPE));
        return fields;
    }

    /** Takes what an index holds. */
    interface Held {
        void document(String name, Stamp stamp);
    }

    /** Goes through all documents of an index without reading their text. */
    static void forEach(IndexReader reader, Held held) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            LeafReader documents = leaf.reader();
            Bits live = documents.getLiveDocs();
            SortedDocValues names = DocValues.getSorted(documents, NAME);
            NumericDocValues modified = DocValues.unwrapSingleton(DocValues.getSortedNumeric(documents, MODIFIED));
            NumericDocValues sizes = DocValues.unwrapSingleton(DocValues.getSortedNumeric(documents, SIZE));
            for (int doc = 0; doc < documents.maxDoc(); doc++) {
                boolean present = live == null || live.get(doc);
                if (present && names.advanceExact(doc) && modified.advanceExact(doc) && sizes.advanceExact(doc)) {
                    held.document(
                            names.lookupOrd(names.ordValue()).utf8ToString(),
                            new Stamp(modified.longValue(), sizes.longValue()));
                }
            }
        }
    }

    /** With positions of each word in the text, so that a snippet is cut without reading the words again. */
    private static FieldType bodyType() {
        FieldType type = new FieldType(TextField.TYPE_STORED);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }
}
