package ai.orchestrator.search.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An index's files. What cannot be used any more is deleted: everything in it can be read again from the documents. */
final class IndexStore {
    static final String FORMAT_KEY = "format";
    static final String FORMAT = IndexFields.FORMAT + "/" + Version.LATEST.major;

    private static final Logger LOG = LoggerFactory.getLogger(IndexStore.class);

    private IndexStore() {}

    /** The folder's files, which hold a whole index of this version or none. */
    static Directory open(Path folder, String name) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            if (DirectoryReader.indexExists(directory) && !isSound(directory)) {
                LOG.warn("search {}: the index is damaged or of another version and is built anew", name);
                deleteIndex(directory);
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Reads every file of the index to its checksum, since damage would otherwise show as wrong answers. */
    private static boolean isSound(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                ((CodecReader) leaf.reader()).checkIntegrity();
            }
            return FORMAT.equals(reader.getIndexCommit().getUserData().get(FORMAT_KEY));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Deletes Lucene's files and nothing else, should the folder be used for other things. */
    private static void deleteIndex(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()
                    || file.startsWith(IndexFileNames.SEGMENTS)
                    || file.startsWith(IndexFileNames.PENDING_SEGMENTS)) {
                directory.deleteFile(file);
            }
        }
    }
}
