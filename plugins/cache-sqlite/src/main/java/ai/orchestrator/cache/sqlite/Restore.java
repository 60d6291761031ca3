package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;

/** Puts a backup in place of the cache file. What is checked is a copy beside the cache file, and the same copy is used. */
final class Restore {
    private final CacheFile cache;
    private final NamedFile source;
    private final Predicate<CacheEntry> sound;
    private final Steps steps;

    Restore(CacheFile cache, NamedFile source, Predicate<CacheEntry> sound, Steps steps) {
        this.cache = cache;
        this.source = source;
        this.sound = sound;
        this.steps = steps;
    }

    Contents into(FileAccess access) throws IOException {
        cache.removeScratch();
        try {
            copy();
            Contents contents = check();
            Disk.flush(cache.scratch());
            access.replaceBy(cache.scratch(), source.name());
            return contents;
        } finally {
            cache.removeScratch();
        }
    }

    private void copy() {
        SourceFile file = new SourceFile(source);
        try {
            try (Connection connection = file.open();
                    Statement statement = connection.createStatement()) {
                Verification.requireOurs(statement, source);
            } catch (SQLException e) {
                if (!SourceFile.needsCopy(e)) {
                    throw e;
                }
            }
            requireRoom(file.size());
            file.copyTo(cache.scratch(), steps);
        } catch (SQLException e) {
            throw steps.endOf(e, source);
        } catch (IOException e) {
            throw source.failure("cannot be copied", e);
        }
    }

    private void requireRoom(long bytes) throws IOException {
        Path folder = cache.path().toAbsolutePath().getParent();
        if (folder != null && Files.getFileStore(folder).getUsableSpace() < bytes) {
            throw source.failure(FailureCode.UNAVAILABLE, "cannot be copied: no space is left on the cache's disk");
        }
    }

    private Contents check() {
        try (Connection connection = SourceFile.openCopy(cache.scratch());
                Statement statement = connection.createStatement()) {
            Contents contents = new Verification(source, sound, steps).of(connection);
            if (contents.unsound() > 0) {
                throw source.failure(
                        FailureCode.INVALID_REQUEST,
                        "holds " + contents.unsound() + " damaged entries: nothing was replaced");
            }
            Schema.migrate(statement);
            return contents;
        } catch (SQLException e) {
            throw steps.endOf(e, source);
        } catch (UnusableFileException e) {
            throw source.failure(e);
        }
    }
}
