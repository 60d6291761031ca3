package ai.orchestrator.search.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** What other versions of the plugin would leave on disk. */
final class Indexes {
    private Indexes() {}

    /** Makes an index look as if a plugin of this format had written it. */
    static void relabel(Path folder, String format) throws IOException {
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(DocumentIndex.ANALYZER))) {
            writer.setLiveCommitData(Map.of(IndexStore.FORMAT_KEY, format).entrySet());
            writer.commit();
        }
    }
}
