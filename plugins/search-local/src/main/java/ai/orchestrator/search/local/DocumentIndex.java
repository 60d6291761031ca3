package ai.orchestrator.search.local;

import ai.orchestrator.search.local.FoundFile.Stamp;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/** A Lucene index, written by one thread and read by many. */
final class DocumentIndex implements Closeable {
    static final Analyzer ANALYZER = new EnglishAnalyzer();

    private final Directory directory;
    private final IndexWriter writer;
    private final ReaderManager readers;
    private final Map<String, Stamp> held = new HashMap<>();

    private DocumentIndex(Directory directory, IndexWriter writer, ReaderManager readers) {
        this.directory = directory;
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the index of a folder, an empty one if there is none.
     *
     * @throws org.apache.lucene.store.LockObtainFailedException if another writer has it open
     */
    static DocumentIndex open(Path folder, String name) throws IOException {
        Directory directory = IndexStore.open(folder, name);
        try {
            // merging on the writing thread leaves no thread behind that would keep the plugin's classes
            IndexWriter writer = new IndexWriter(
                    directory, new IndexWriterConfig(ANALYZER).setMergeScheduler(new SerialMergeScheduler()));
            return readable(directory, writer);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static DocumentIndex readable(Directory directory, IndexWriter writer) throws IOException {
        try {
            DocumentIndex index = new DocumentIndex(directory, writer, new ReaderManager(writer));
            index.rememberWhatIsHeld();
            return index;
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    /** Every document's name and the file's state when it was indexed. */
    Map<String, Stamp> held() {
        return Collections.unmodifiableMap(held);
    }

    void put(FoundFile file, Document document) throws IOException {
        writer.updateDocument(new Term(IndexFields.NAME, file.name()), IndexFields.toLucene(file, document));
        held.put(file.name(), file.stamp());
    }

    /** Adds a document's vector, if the document is still there. */
    void putVector(String name, BytesRef vector) throws IOException {
        if (held.containsKey(name)) {
            writer.updateBinaryDocValue(new Term(IndexFields.NAME, name), IndexFields.VECTOR, vector);
        }
    }

    /** The number of a document among those that a reader sees; -1 if it is not there. */
    int find(DirectoryReader reader, String name) throws IOException {
        ScoreDoc[] found =
                new IndexSearcher(reader).search(new TermQuery(new Term(IndexFields.NAME, name)), 1).scoreDocs;
        return found.length == 0 ? -1 : found[0].doc;
    }

    void remove(String name) throws IOException {
        if (held.remove(name) != null) {
            writer.deleteDocuments(new Term(IndexFields.NAME, name));
        }
    }

    /** Makes all changes so far safe on disk and seen by queries. */
    void publish() throws IOException {
        if (!writer.hasUncommittedChanges()) {
            return;
        }
        writer.setLiveCommitData(
                Map.of(IndexStore.FORMAT_KEY, IndexStore.FORMAT).entrySet());
        writer.commit();
        readers.maybeRefreshBlocking();
    }

    /** What queries read; to be given back by {@link #release}. */
    DirectoryReader acquire() throws IOException {
        return readers.acquire();
    }

    void release(DirectoryReader reader) throws IOException {
        readers.release(reader);
    }

    /** Ends all; a change that was not published is lost, and found again by the next scan. Queries in progress go on. */
    @Override
    public void close() throws IOException {
        try (directory;
                readers) {
            writer.rollback();
        }
    }

    private void rememberWhatIsHeld() throws IOException {
        DirectoryReader reader = acquire();
        try {
            IndexFields.forEach(reader, held::put);
        } finally {
            release(reader);
        }
    }
}
