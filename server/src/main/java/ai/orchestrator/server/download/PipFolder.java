package ai.orchestrator.server.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which pip works for the time being.
 *
 * @param path emptied before and removed after
 */
record PipFolder(Path path) {
    /** What is done in the folder. */
    @FunctionalInterface
    interface Work {
        void in(Path folder) throws IOException, SourceFailure, InterruptedException;
    }

    void with(Work work) throws SourceFailure, InterruptedException {
        try {
            remove();
            Files.createDirectories(path);
            try {
                work.in(path);
            } finally {
                remove();
            }
        } catch (IOException e) {
            throw new SourceFailure("what pip gives cannot be read or kept", e);
        }
    }

    private void remove() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(path)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.delete(file);
        }
    }
}
