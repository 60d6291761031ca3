package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's own folder, which only this user can enter. Not below the server's home: a socket's path must be short.
 */
record WorkerFolder(Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerFolder.class);

    static WorkerFolder create() throws IOException {
        return new WorkerFolder(Files.createTempDirectory("llamacpp-"));
    }

    /** Removes the folder and what is in it. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("A worker's folder stays behind: {}", e.getMessage());
        }
    }
}
