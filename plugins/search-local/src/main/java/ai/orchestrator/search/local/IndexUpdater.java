package ai.orchestrator.search.local;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index as the folder is, on a thread of its own: a platform thread, since parsing would keep a virtual one's carrier
 * busy. Only this thread opens, changes and closes the index, and it is never interrupted, which would break the index's files.
 */
final class IndexUpdater {
    private static final Logger LOG = LoggerFactory.getLogger(IndexUpdater.class);

    /** Until the index can be opened and the folder is there. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final String name;
    private final DocumentFolder folder;
    private final Path indexFolder;
    private final Duration refresh;
    private final FolderSync sync;
    private final VectorFill vectors;
    private final Thread thread;
    private final FolderWatch watch = new FolderWatch();
    private volatile boolean closed;

    private volatile @Nullable DocumentIndex index;
    private volatile @Nullable TextEmbedder embedder;
    private volatile boolean folderIsThere = true;
    private volatile boolean suspect;
    private volatile Health health = Health.starting("The document index is being opened.");

    IndexUpdater(String name, DocumentFolder folder, Path indexFolder, Duration refresh) {
        this.name = name;
        this.folder = folder;
        this.indexFolder = indexFolder;
        this.refresh = refresh;
        this.sync = new FolderSync(name, folder, () -> closed);
        this.vectors = new VectorFill(name, () -> closed || watch.hasNews());
        this.thread =
                Thread.ofPlatform().daemon().name("search-" + name + "-index").unstarted(this::run);
        // PDFBox looks for its own settings through it
        thread.setContextClassLoader(IndexUpdater.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Has vectors made from the next look on. */
    void embedBy(TextEmbedder embedding) {
        embedder = embedding;
    }

    /** The model of the vectors; empty if there are none. */
    Optional<String> model() {
        return Optional.ofNullable(embedder).map(TextEmbedder::model);
    }

    /** The index, once it is open. */
    Optional<DocumentIndex> index() {
        return Optional.ofNullable(index);
    }

    /** Whether the documents' folder was there at the last look. */
    boolean folderIsThere() {
        return folderIsThere;
    }

    Health health() {
        return health;
    }

    /** Has the index's files checked before long, and built anew if they are damaged. */
    void suspectIndex() {
        suspect = true;
    }

    /** Ends after the file at hand. */
    void close() {
        closed = true;
        watch.close();
        try {
            thread.join(PATIENCE_AT_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                update();
            } while (watch.await(pause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeIndex();
            health = Health.down("The document index is closed.");
        }
    }

    private Duration pause() {
        boolean soon = index == null || !folderIsThere;
        return soon && RETRY.compareTo(refresh) < 0 ? RETRY : refresh;
    }

    private void update() {
        try {
            if (suspect) {
                suspect = false;
                becomes(Health.starting("The document index is being checked."));
                closeIndex();
            }
            DocumentIndex open = openIndex();
            DocumentFolder.Scan scan = folder.scan(watch::add);
            folderIsThere = true;
            sync.apply(scan, open, this::isReading);
            becomes(new Health(Health.State.UP, summary(open.held().size(), sync.leftOut())));
            TextEmbedder embedding = embedder;
            if (embedding != null) {
                vectors.fill(open, embedding);
            }
        } catch (DocumentFolder.Missing e) {
            folderIsThere = false;
            becomes(Health.degraded(e.getMessage()));
        } catch (LockObtainFailedException | OverlappingFileLockException e) {
            becomes(Health.down("The folder that setting 'index' names is in use by another engine."));
        } catch (IOException | RuntimeException e) {
            LOG.debug("search {}: updating the index failed", name, e);
            closeIndex();
            becomes(Health.down(
                    "The index in the folder that setting 'index' names cannot be used (" + reason(e) + ")."));
        }
    }

    private static String summary(int documents, int leftOut) {
        return documents + " documents" + (leftOut == 0 ? "." : ", " + leftOut + " files could not be used.");
    }

    private DocumentIndex openIndex() throws IOException {
        DocumentIndex open = index;
        if (open == null) {
            open = DocumentIndex.open(indexFolder, name);
            index = open;
        }
        return open;
    }

    private void closeIndex() {
        DocumentIndex open = index;
        index = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("search {}: closing the index failed", name, e);
            }
        }
    }

    private void isReading(int done, int all) {
        if (health.state() != Health.State.UP) {
            health = Health.starting("Reading the documents: " + done + " of " + all + ".");
        }
    }

    private void becomes(Health now) {
        Health before = health;
        health = now;
        if (before.state() == now.state() && (now.state() == Health.State.UP || before.equals(now))) {
            return;
        }
        if (now.state() == Health.State.UP) {
            LOG.info("search {}: {}", name, now.detail());
        } else {
            LOG.warn("search {}: {}", name, now.detail());
        }
    }

    /** Without a message, since those name files of this machine. */
    private static String reason(Exception e) {
        return e.getClass().getSimpleName();
    }
}
