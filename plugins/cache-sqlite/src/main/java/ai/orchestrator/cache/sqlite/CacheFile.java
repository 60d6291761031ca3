package ai.orchestrator.cache.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database file: opens connections to it, and sets it aside when it is damaged. */
final class CacheFile {
    private static final int BUSY_MILLIS = 2000;
    private static final int WAL_LIMIT_BYTES = 64 << 20;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;

    CacheFile(Path path) {
        this.path = path;
    }

    /** Without its folder: what may be shown. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** The one connection that writes; makes the file, its folder and its tables where they are missing. */
    Connection openForWriting() throws IOException, SQLException, UnusableFileException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Connection connection = connect(new SQLiteConfig());
        try (Statement statement = connection.createStatement()) {
            Schema.check(statement);
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL"); // takes effect only in a file without tables
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA journal_size_limit = " + WAL_LIMIT_BYTES);
            Schema.create(statement);
            return connection;
        } catch (SQLException | UnusableFileException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to a file that was opened for writing before. */
    Connection openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return connect(config);
    }

    /** Renames the file and its companions, so that a new one can be made; returns the new name. */
    String setAside() throws IOException {
        String aside = name() + ".corrupt-" + TIMESTAMP.format(Instant.now());
        Files.move(path, path.resolveSibling(aside));
        for (String companion : new String[] {"-wal", "-shm"}) {
            Path file = path.resolveSibling(name() + companion);
            if (Files.exists(file)) {
                Files.move(file, path.resolveSibling(aside + companion));
            }
        }
        return aside;
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source.getConnection();
    }
}
