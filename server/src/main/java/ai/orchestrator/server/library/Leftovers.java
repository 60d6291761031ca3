package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What earlier runs of the server left in the folder: read anew, and cleared of what nothing has needed for a week. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** What the names of unfinished files end in; Ollama keeps an account of each part beside them. */
    private static final Pattern PARTIAL = Pattern.compile(BlobFolder.PARTIAL + "(-\\d+)?$");

    private static final Duration KEPT = Duration.ofDays(7);

    private final StoredModels models;
    private final boolean readOnly;

    Leftovers(StoredModels models, boolean readOnly) {
        this.models = models;
        this.readOnly = readOnly;
    }

    /** Never fails: a folder that cannot be read is logged, and the server starts without its models. */
    void clear() {
        try {
            models.refresh();
            if (!readOnly && Files.isDirectory(models.blobs().folder())) {
                remove();
            }
        } catch (IOException | LibraryFailure e) {
            LOG.warn("The model library cannot be used as it should: {}", e.getMessage());
        }
    }

    private void remove() throws IOException {
        Set<BlobDigest> used = models.used();
        List<Path> files;
        try (Stream<Path> all = Files.list(models.blobs().folder())) {
            files = all.toList();
        }
        Instant old = Instant.now().minus(KEPT);
        models.manifests().clear(old);
        for (Path file : files) {
            if (isUnused(file.getFileName().toString(), used)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isUnused(String name, Set<BlobDigest> used) {
        if (name.startsWith(BlobFolder.UPLOAD)) {
            return true;
        }
        Optional<BlobDigest> digest = BlobDigest.parse(PARTIAL.matcher(name).replaceFirst(""));
        return digest.filter(known -> !used.contains(known)).isPresent();
    }
}
