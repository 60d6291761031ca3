package ai.orchestrator.search.local;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.plugin.search.VectorKeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;

/** Answers from what is indexed by now, and never waits for the updating of it. */
final class LocalSearchEngine implements VectorKeeper {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final IndexUpdater updater;

    LocalSearchEngine(IndexUpdater updater) {
        this.updater = updater;
    }

    @Override
    public List<SearchHit> search(SearchQuery query) {
        long end = System.nanoTime() + time(query.deadline()).toNanos();
        DocumentIndex index = updater.index().orElseThrow(this::notOpen);
        if (!updater.folderIsThere()) {
            return List.of();
        }
        try {
            return search(index, query, end);
        } catch (AlreadyClosedException e) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The document index has been closed.", e);
        } catch (IndexSearcher.TooManyClauses e) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "The query has too many words for a document search.", e);
        } catch (PluginFailure e) {
            throw e;
        } catch (IOException | RuntimeException | InternalError e) {
            // an InternalError is what reading a mapped file throws once it has been cut off
            updater.suspectIndex();
            throw new PluginFailure.Retriable(
                    FailureCode.INTERNAL, "The document index could not be read and is being checked.", e);
        }
    }

    @Override
    public void embedBy(TextEmbedder embedder) {
        updater.embedBy(embedder);
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    private PluginFailure notOpen() {
        Health health = health();
        FailureCode code = health.state() == Health.State.STARTING ? FailureCode.STARTING : FailureCode.UNAVAILABLE;
        return new PluginFailure.Retriable(code, "The document index is not open. " + health.detail());
    }

    @Override
    public Health health() {
        return updater.health();
    }

    @Override
    public void close() {
        updater.close();
    }

    private static Duration time(Duration deadline) {
        if (!deadline.isPositive()) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "There was no time left for the document search.");
        }
        return deadline.compareTo(LONGEST) < 0 ? deadline : LONGEST;
    }

    private List<SearchHit> search(DocumentIndex index, SearchQuery query, long end) throws IOException {
        DirectoryReader reader = index.acquire();
        try {
            return new DocumentSearch(reader, query, updater.model(), end).hits();
        } finally {
            index.release(reader);
        }
    }
}
