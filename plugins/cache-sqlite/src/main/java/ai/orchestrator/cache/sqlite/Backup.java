package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/** Writes what the cache file holds at one moment to another file. */
final class Backup {
    private final Path live;
    private final NamedFile target;
    private final Steps steps;

    Backup(Path live, NamedFile target, Steps steps) {
        this.live = live;
        this.target = target;
        this.steps = steps;
    }

    Contents write() throws IOException {
        requireNew();
        Path partial = target.sibling(".partial");
        try {
            Files.deleteIfExists(partial);
            Contents contents = copyTo(partial);
            Disk.flush(partial);
            requireNew();
            Files.move(partial, target.path());
            Disk.flushFolderOf(target.path());
            return contents;
        } catch (SQLException e) {
            throw SqliteFault.isDamage(e)
                    ? SqliteFault.of(e).toFailure(String.valueOf(live.getFileName()))
                    : steps.endOf(e, target);
        } catch (UnusableFileException e) {
            throw target.failure(e);
        } catch (IOException e) {
            throw target.failure("cannot be written", e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void requireNew() {
        Path folder = target.path().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw target.failure(FailureCode.INVALID_REQUEST, "cannot be created: its folder does not exist");
        }
        if (Files.exists(target.path())) {
            throw target.failure(FailureCode.INVALID_REQUEST, "exists already");
        }
    }

    private Contents copyTo(Path partial) throws SQLException, UnusableFileException {
        SQLiteDataSource data = new SQLiteDataSource();
        data.setUrl("jdbc:sqlite:" + SourceFile.uri(partial));
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF"); // a file that is not complete is removed
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -65536");
            Schema.migrate(statement);
            steps.watch(connection);
            return new RowCopy(connection, live, steps).all();
        }
    }
}
