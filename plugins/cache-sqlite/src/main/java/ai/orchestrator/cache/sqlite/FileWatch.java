package ai.orchestrator.cache.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Notices when the file's name leads to another file than the one that was opened, or to none. */
final class FileWatch {
    private final CacheFile file;
    private final @Nullable Object opened;
    private @Nullable Object log;

    /** To be made when the file was just opened. */
    FileWatch(CacheFile file) {
        this.file = file;
        this.opened = identity(file.path());
    }

    /** @throws MovedFileException if writing went on into a file that nobody will find */
    void check() throws MovedFileException {
        Object now = identity(file.path());
        if (opened != null && !opened.equals(now)) {
            throw new MovedFileException();
        }
        log = identity(file.sibling("-wal"));
    }

    /**
     * Removes the log of the file that was opened, after that was closed: SQLite leaves it, and would take it for that of the file that has
     * the name now. A log that came with that file stays.
     */
    void removeLog() throws IOException {
        Path path = file.sibling("-wal");
        if (log != null && log.equals(identity(path))) {
            Files.delete(path);
        }
    }

    /** The same for as long as the file is the same; nothing where there is no file, or its system does not tell. */
    private static @Nullable Object identity(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
