package ai.orchestrator.search.local;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.Bits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the documents of an index their vectors, after they can be found by their words already. Used by the index's thread. */
final class VectorFill {
    private static final Logger LOG = LoggerFactory.getLogger(VectorFill.class);

    /** Embedded in one call. */
    private static final int AT_ONCE = 16;

    /** So many are made before queries see them. */
    private static final int PUBLISHED_AT_ONCE = 512;

    /** Characters of a document that its vector is made of: about what the model reads. */
    private static final int READ = 1_200;

    private static final Set<String> TEXT = Set.of(IndexFields.NAME, IndexFields.TITLE, IndexFields.BODY);

    private final String name;
    private final BooleanSupplier interrupted;
    private boolean failed;

    /** Whether the model is loaded, which questions will need as well. */
    private boolean ready;

    private record Text(String document, String text) {}

    /** @param interrupted whether something else has to be done first */
    VectorFill(String name, BooleanSupplier interrupted) {
        this.name = name;
        this.interrupted = interrupted;
    }

    /** Makes the vectors that are missing; leaves off when there are none to be had, to go on at the next look. */
    void fill(DocumentIndex index, TextEmbedder embedder) throws IOException {
        List<String> missing = missing(index, embedder.model());
        if (missing.isEmpty() && !ready && !index.held().isEmpty()) {
            ready = load(embedder);
        }
        int published = 0;
        for (int from = 0; from < missing.size() && !interrupted.getAsBoolean(); from += AT_ONCE) {
            List<Text> texts = texts(index, missing.subList(from, Math.min(missing.size(), from + AT_ONCE)));
            List<float[]> vectors;
            try {
                vectors = embedder.embed(texts.stream().map(Text::text).toList());
            } catch (PluginFailure e) {
                tellFailure(e);
                break;
            }
            failed = false;
            ready = true;
            for (int i = 0; i < texts.size(); i++) {
                index.putVector(texts.get(i).document(), StoredVector.toBytes(embedder.model(), vectors.get(i)));
            }
            published += texts.size();
            if (published >= PUBLISHED_AT_ONCE) {
                index.publish();
                published = 0;
            }
        }
        index.publish();
    }

    private boolean load(TextEmbedder embedder) {
        try {
            embedder.embed(List.of());
            return true;
        } catch (PluginFailure e) {
            tellFailure(e);
            return false;
        }
    }

    private void tellFailure(PluginFailure failure) {
        if (!failed) {
            LOG.warn(
                    "search {}: documents have no vectors for now, so that they rank by their words alone: {}",
                    name,
                    failure.getMessage());
        }
        failed = true;
    }

    private static List<String> missing(DocumentIndex index, String model) throws IOException {
        List<String> missing = new ArrayList<>();
        DirectoryReader reader = index.acquire();
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                Bits live = leaf.reader().getLiveDocs();
                BinaryDocValues vectors = DocValues.getBinary(leaf.reader(), IndexFields.VECTOR);
                StoredFields stored = leaf.reader().storedFields();
                for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                    boolean present = live == null || live.get(doc);
                    boolean made = vectors.advanceExact(doc) && StoredVector.isBy(vectors.binaryValue(), model);
                    if (present && !made) {
                        missing.add(
                                stored.document(doc, Set.of(IndexFields.NAME)).get(IndexFields.NAME));
                    }
                }
            }
        } finally {
            index.release(reader);
        }
        return missing;
    }

    private static List<Text> texts(DocumentIndex index, List<String> names) throws IOException {
        List<Text> texts = new ArrayList<>();
        DirectoryReader reader = index.acquire();
        try {
            for (String name : names) {
                int doc = index.find(reader, name);
                if (doc >= 0) {
                    var fields = reader.storedFields().document(doc, TEXT);
                    texts.add(new Text(name, begin(fields.get(IndexFields.TITLE), fields.get(IndexFields.BODY))));
                }
            }
        } finally {
            index.release(reader);
        }
        return texts;
    }

    private static String begin(String title, String body) {
        String text = title + "\n" + body;
        return Document.line(text.length() <= READ ? text : text.substring(0, READ));
    }
}
