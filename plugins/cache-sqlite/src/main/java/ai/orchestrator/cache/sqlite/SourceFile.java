package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** A database that is only read, and of which nothing is known before: it may be in use, or left as a crash left it. */
final class SourceFile {
    private static final int BUSY_MILLIS = 2000;
    private static final long CHUNK = 4 << 20;
    /** Where the header says how the file is to be read, and what it says of a file with a log beside it. */
    private static final int READ_VERSION_OFFSET = 19;

    private static final int WITH_LOG = 2;

    private final NamedFile file;

    /** @throws ai.orchestrator.plugin.PluginFailure if it is not there, or is no file, or is empty */
    SourceFile(NamedFile file) {
        this.file = file;
        if (!Files.exists(file.path())) {
            throw file.failure(FailureCode.NOT_FOUND, "does not exist");
        }
        if (!Files.isRegularFile(file.path())) {
            throw file.failure(FailureCode.INVALID_REQUEST, "is no file");
        }
        if (size() == 0) {
            throw file.failure(FailureCode.INVALID_REQUEST, "is empty");
        }
    }

    long size() {
        try {
            return Files.size(file.path());
        } catch (IOException e) {
            throw file.failure("cannot be read", e);
        }
    }

    /** Opens the file where it is; neither it nor its folder is changed, but for the index of a log that a crash left. */
    Connection open() throws SQLException {
        Connection connection = connect(file.path(), isClosedForGood() ? "mode=ro&immutable=1" : "mode=ro");
        try (Statement statement = connection.createStatement()) {
            // a file that is cut off can be read as far as it goes
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.executeQuery("SELECT COUNT(*) FROM sqlite_schema").close();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a copy of the file so that what a crash left beside it is taken in. */
    static Connection openCopy(Path copy) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + uri(copy));
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA journal_mode = DELETE");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** True if SQLite needs to write beside the file to read it, and cannot. */
    static boolean needsCopy(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_READONLY, SQLITE_CANTOPEN -> true;
            default -> false;
        };
    }

    /** Copies the file and what a crash may have left beside it, in one state even if it is in use. */
    void copyTo(Path copy, Steps steps) throws IOException, SQLException {
        try (Connection held = open();
                Statement statement = held.createStatement()) {
            // as long as this reads, nothing is moved from the log into the file that is not in the log any more
            statement.execute("BEGIN");
            statement.executeQuery("SELECT COUNT(*) FROM sqlite_schema").close();
            copyAll(copy, steps);
        } catch (SQLException e) {
            if (!needsCopy(e)) {
                throw e;
            }
            copyAll(copy, steps); // then nobody has it open
        }
    }

    private void copyAll(Path copy, Steps steps) throws IOException {
        copy(file.path(), copy, steps);
        for (String companion : new String[] {"-wal", "-journal"}) {
            if (Files.exists(file.sibling(companion))) {
                Files.copy(file.sibling(companion), copy.resolveSibling(copy.getFileName() + companion));
            }
        }
    }

    private static void copy(Path from, Path to, Steps steps) throws IOException {
        try (FileChannel source = FileChannel.open(from);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            long done = 0;
            while (done < size) {
                done += source.transferTo(done, Math.min(CHUNK, size - done), target);
                steps.at(done, size);
            }
        }
    }

    /** True if nothing can be in a log, and nobody has the file open: then it can be read without making a log. */
    private boolean isClosedForGood() {
        if (Files.exists(file.sibling("-wal")) || Files.exists(file.sibling("-shm"))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file.path())) {
            ByteBuffer version = ByteBuffer.allocate(1);
            return channel.read(version, READ_VERSION_OFFSET) == 1 && version.get(0) == WITH_LOG;
        } catch (IOException e) {
            return false;
        }
    }

    static Connection connect(Path path, String parameters) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + uri(path) + "?" + parameters);
        return source.getConnection();
    }

    /** SQLite's own kind of URI, in which a path may have any character. */
    static String uri(Path path) {
        return "file:" + path.toUri().getRawPath();
    }
}
