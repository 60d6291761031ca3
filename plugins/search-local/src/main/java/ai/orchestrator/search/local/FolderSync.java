package ai.orchestrator.search.local;

import ai.orchestrator.search.local.FoundFile.Stamp;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an index in line with a folder, and says once which files are left out and why. Used by one thread. */
final class FolderSync {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);

    /** So many files are read before queries see them. */
    private static final int BATCH = 200;

    private static final int MOST_NAMED = 5;

    private final String name;
    private final DocumentFolder folder;
    private final BooleanSupplier stopping;
    private final Map<String, Stamp> unusable = new HashMap<>();
    private Map<String, String> reported = Map.of();

    FolderSync(String name, DocumentFolder folder, BooleanSupplier stopping) {
        this.name = name;
        this.folder = folder;
        this.stopping = stopping;
    }

    /** Hears how far the reading is. */
    interface Progress {
        void files(int done, int all);
    }

    void apply(DocumentFolder.Scan scan, DocumentIndex index, Progress progress) throws IOException {
        List<String> gone = index.held().keySet().stream()
                .filter(held -> !scan.files().containsKey(held))
                .toList();
        for (String file : gone) {
            index.remove(file);
        }
        List<FoundFile> changed = scan.files().values().stream()
                .filter(file -> !file.stamp().equals(index.held().get(file.name())))
                .filter(file -> !file.stamp().equals(unusable.get(file.name())))
                .toList();
        unusable.keySet().retainAll(scan.files().keySet());
        Map<String, String> leftOut = new TreeMap<>(scan.leftOut());
        unusable.keySet().forEach(file -> leftOut.put(file, reported.getOrDefault(file, "")));
        int done = 0;
        for (FoundFile file : changed) {
            if (stopping.getAsBoolean()) {
                break;
            }
            read(file, index, leftOut);
            if (++done % BATCH == 0) {
                index.publish();
                progress.files(done, changed.size());
            }
        }
        index.publish();
        report(leftOut);
    }

    /** How many files the last look left out. */
    int leftOut() {
        return reported.size();
    }

    private void read(FoundFile file, DocumentIndex index, Map<String, String> leftOut) throws IOException {
        Document document;
        try {
            document = DocumentReader.read(file.type(), folder.read(file));
        } catch (UnusableDocumentException e) {
            unusable.put(file.name(), file.stamp());
            leftOut.put(file.name(), e.getMessage());
            index.remove(file.name());
            return;
        } catch (IOException e) {
            leftOut.put(file.name(), "cannot be read");
            index.remove(file.name());
            return;
        }
        unusable.remove(file.name());
        leftOut.remove(file.name());
        index.put(file, document);
    }

    private void report(Map<String, String> leftOut) {
        List<String> news = leftOut.entrySet().stream()
                .filter(file -> !file.getValue().equals(reported.get(file.getKey())))
                .map(file -> Document.line(file.getKey()) + " " + file.getValue())
                .toList();
        reported = Map.copyOf(leftOut);
        if (!news.isEmpty()) {
            LOG.warn(
                    "search {}: files left out: {}{}",
                    name,
                    String.join("; ", news.subList(0, Math.min(MOST_NAMED, news.size()))),
                    news.size() > MOST_NAMED ? "; and " + (news.size() - MOST_NAMED) + " more" : "");
        }
    }
}
