package ai.orchestrator.cache.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/** The database file: opens connections to it, and gives it other names. */
final class CacheFile {
    /** How long a write waits for another process. */
    static final int BUSY_MILLIS = 2000;

    private static final String SCRATCH = ".restoring";
    /** A scratch file that is complete. */
    private static final String NEXT = ".restored";

    private static final int READ_BUSY_MILLIS = 200;
    private static final int LOG_LIMIT_BYTES = 16 << 20;
    private static final String[] COMPANIONS = {"-wal", "-shm", "-journal"};
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

    Path path() {
        return path;
    }

    /** A name beside the file's own. */
    Path sibling(String suffix) {
        return path.resolveSibling(name() + suffix);
    }

    /** The one connection that writes; makes the file, its folder and its tables where they are missing. */
    OpenFile openForWriting() throws IOException, SQLException, UnusableFileException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        loadLibrary();
        Connection connection = connect(new SQLiteConfig(), BUSY_MILLIS);
        try (Statement statement = connection.createStatement()) {
            Schema.check(statement);
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL"); // takes effect only in a file without tables
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA journal_size_limit = " + LOG_LIMIT_BYTES);
            Schema.migrate(statement);
            return OpenFile.of(connection);
        } catch (SQLException | UnusableFileException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to a file that was opened for writing before. */
    Connection openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = connect(config, READ_BUSY_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** How many bytes the log takes; 0 where there is none. */
    long logBytes() {
        return sibling("-wal").toFile().length();
    }

    /** Renames the file and its companions, so that a new one can be made; returns the new name. */
    String setAside() throws IOException {
        return rename(".corrupt-");
    }

    /**
     * Puts another file, which is complete and beside this one, in its place, and keeps this one under another name. At every moment the
     * one or the other is there, or is put in place by {@link #finishReplacing}.
     *
     * @return what the file is called now that was in use before
     * @throws UnusableFileException if others have the file open: their log would become the other file's
     */
    String replaceBy(Path complete) throws IOException, UnusableFileException {
        if (Files.exists(sibling("-wal"))) {
            throw new UnusableFileException("is in use by another process, or by a read that takes long");
        }
        Path next = sibling(NEXT);
        Files.move(complete, next, StandardCopyOption.ATOMIC_MOVE);
        Disk.flushFolderOf(path);
        String kept = "";
        try {
            kept = rename(".replaced-");
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!kept.isEmpty()) {
                Files.move(path.resolveSibling(kept), path);
            }
            Files.deleteIfExists(next);
            throw e;
        }
        Disk.flushFolderOf(path);
        return kept;
    }

    /** To be called once, before the file is opened first: ends a replacement that a crash broke off, and removes what others left. */
    void finishReplacing() throws IOException {
        if (!Files.exists(path) && Files.exists(sibling(NEXT))) {
            Files.move(sibling(NEXT), path, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(sibling(NEXT));
        removeScratch();
    }

    /** Where a file is made that may replace this one. */
    Path scratch() {
        return sibling(SCRATCH);
    }

    /** Removes that file and its companions. */
    void removeScratch() throws IOException {
        Files.deleteIfExists(scratch());
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(sibling(SCRATCH + companion));
        }
    }

    /** The companions first: SQLite would take a log that stays behind for that of the next file of the name. */
    private String rename(String why) throws IOException {
        String suffix = why + TIMESTAMP.format(Instant.now());
        for (String companion : COMPANIONS) {
            if (Files.exists(sibling(companion))) {
                Files.move(sibling(companion), sibling(suffix + companion));
            }
        }
        Files.move(path, sibling(suffix));
        return name() + suffix;
    }

    /** The driver itself would try this only once. */
    private static void loadLibrary() throws SQLException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new SQLException("SQLite's native library does not load", e);
        }
    }

    private Connection connect(SQLiteConfig config, int busyMillis) throws SQLException {
        config.setBusyTimeout(busyMillis);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source.getConnection();
    }
}
