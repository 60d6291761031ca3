package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** All writing, over one connection and from one thread, and what it knows about the file's size. */
final class FileWriter implements AutoCloseable {
    /** Long enough for lookups to end, too short to hold writes up. */
    private static final int CHECKPOINT_PATIENCE_MILLIS = 20;

    private final Statements statements;
    private final boolean shrinks;
    private final long pagesOfOthers;
    private final EntryCount count = new EntryCount();
    private final EntryWriter entries;
    private final OldReplyWriter oldReplies;
    private volatile FileSize size = FileSize.UNKNOWN;

    FileWriter(OpenFile file) throws SQLException {
        this.statements = new Statements(file.connection());
        this.shrinks = file.shrinks();
        this.pagesOfOthers = file.pagesOfOthers();
        this.entries = new EntryWriter(statements, count);
        this.oldReplies = new OldReplyWriter(statements);
        this.size = FileSize.of(statements);
    }

    EntryWriter entries() {
        return entries;
    }

    OldReplyWriter oldReplies() {
        return oldReplies;
    }

    /** How many entries there are, without the current transaction; -1 until they are counted. For any thread. */
    long entryCount() {
        return count.known();
    }

    /** What all that is ours takes in the file, without the current transaction. For any thread. */
    long bytesInUse() {
        FileSize now = size;
        return Math.max(0, now.bytesInUse() - pagesOfOthers * now.pageBytes());
    }

    /** The same, and the pages that are free for more. */
    long bytesOnDisk() {
        FileSize now = size;
        return Math.max(0, now.bytes() - pagesOfOthers * now.pageBytes());
    }

    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
        count.begin();
    }

    void commit() throws SQLException {
        FileSize after = FileSize.of(statements);
        execute("COMMIT");
        count.committed();
        size = after;
    }

    /** After a fault, which may have ended the transaction already. */
    void rollback() {
        statements.forget();
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // if there is still a transaction, the next one cannot begin and the file is opened anew
        }
    }

    /** How many rows were changed since the file was opened. */
    long changes() throws SQLException {
        return statements.number("SELECT total_changes()");
    }

    /** Counts up to {@code limit} entries that were there when the file was opened; true if there are more. */
    boolean countOn(long limit) throws SQLException {
        return count.countOn(statements, limit);
    }

    long freePages() {
        return size.freePages();
    }

    /** True if at least so many pages are free, and so large a part of all, from 0 to 1. */
    boolean isFree(int pages, double part) {
        return size.freePages() >= pages && size.freePages() > size.pages() * part;
    }

    /** Gives up to {@code pages} free pages back; true if there are free ones left. The file is shorter after {@link #emptyLog}. */
    boolean giveBackPages(int pages) throws SQLException {
        if (!shrinks) {
            return false;
        }
        try (Statement statement = statements.connection().createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
        }
        size = FileSize.of(statements);
        return size.freePages() > 0;
    }

    /** Writes something, to see whether that is possible. */
    void probe() throws SQLException {
        begin();
        execute("INSERT OR REPLACE INTO orchestrator_state (name, value) VALUES ('probed', unixepoch())");
        commit();
    }

    /** Moves what the log holds into the file and makes the log empty; false if others read an older state of the file. */
    boolean emptyLog() throws SQLException {
        execute("PRAGMA busy_timeout = " + CHECKPOINT_PATIENCE_MILLIS);
        try (Statement statement = statements.connection().createStatement();
                ResultSet outcome = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return outcome.next() && outcome.getInt(1) == 0;
        } finally {
            execute("PRAGMA busy_timeout = " + CacheFile.BUSY_MILLIS);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = statements.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
