package ai.orchestrator.server.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** Opens the ledger's file. One that is no ledger, or no longer one, is kept under another name, and a new one is begun. */
final class LedgerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerConnection.class);
    private static final int READ_BUSY_MILLIS = 5_000;

    /** How long bookings wait while another process writes, such as an operator's shell. */
    private static final int WRITE_BUSY_MILLIS = 60_000;

    private static final String[] COMPANIONS = {"-wal", "-shm", "-journal"};
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private LedgerConnection() {}

    /** Changes to the file. */
    @FunctionalInterface
    interface Change {
        void to(Connection connection) throws SQLException;
    }

    /** Makes changes all together or not at all. In between the file is nobody's: the driver's own transactions would begin with the end of the last one. */
    static void inTransaction(Connection connection, Change change) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                change.to(connection);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                rollBack(statement, e);
                throw e;
            }
        }
    }

    private static void rollBack(Statement statement, SQLException why) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e); // SQLite has done so by itself
        }
    }

    /** A connection that writes; makes the file where it is missing. */
    static Connection toWrite(Path path) throws SQLException {
        try {
            return open(path);
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw e;
            }
            setAside(path, e);
            return open(path);
        }
    }

    /** A connection that reads, beside one that writes. */
    static Connection toRead(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(READ_BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /** Whether the file, or a page of it, is not as SQLite wrote it, or it is a later release's. */
    static boolean isDamage(SQLException fault) {
        if (fault instanceof LaterLedgerException) {
            return true;
        }
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(fault.getErrorCode() & 0xff);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** Renames the file and its companions; these first, since SQLite would take a log that stays behind for that of the next file. */
    static void setAside(Path path, SQLException why) throws SQLException {
        String name = path.getFileName()
                + (why instanceof LaterLedgerException ? ".later-" : ".corrupt-")
                + TIMESTAMP.format(Instant.now());
        try {
            for (String companion : COMPANIONS) {
                Path beside = path.resolveSibling(path.getFileName() + companion);
                if (Files.exists(beside)) {
                    Files.move(beside, path.resolveSibling(name + companion));
                }
            }
            Files.move(path, path.resolveSibling(name));
        } catch (IOException e) {
            throw new SQLException("it is damaged and cannot be renamed", e);
        }
        LOG.error(
                "The ledger {} cannot be used and is kept as {}; a new one begins, and from the next start on"
                        + " budgets do not know what the old one holds: {}",
                path.getFileName(),
                name,
                why.getMessage());
    }

    private static Connection open(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(WRITE_BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        try {
            if (LedgerSchema.version(connection) > LedgerSchema.VERSION) {
                throw new LaterLedgerException();
            }
            if (LedgerSchema.version(connection) < LedgerSchema.VERSION) {
                inTransaction(connection, LedgerSchema::migrate);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The file is of a later release. */
    private static final class LaterLedgerException extends SQLException {
        private static final long serialVersionUID = 1L;

        LaterLedgerException() {
            super("it was made by a later release");
        }
    }
}
