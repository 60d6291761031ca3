package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables. They may share the file with the older service's {@code ai_cache}, which is left alone. Times are in milliseconds since
 * 1970; the body has a table of its own, so that writing the time of last use does not move it.
 */
final class Schema {
    /** What a file without entries takes: a root for each table and index, and the pages that list them. */
    private static final int EMPTY_PAGES = 16;

    private static final int APPLICATION_ID = 0x41494F43; // "AIOC"

    private static final List<String> ENTRIES = List.of(
            """
            CREATE TABLE orchestrator_entry (
              id INTEGER PRIMARY KEY,
              key BLOB NOT NULL UNIQUE,
              model TEXT NOT NULL,
              scope TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              expires_at INTEGER NOT NULL,
              used_at INTEGER NOT NULL,
              size INTEGER NOT NULL)
            """,
            """
            CREATE TABLE orchestrator_body (
              id INTEGER PRIMARY KEY REFERENCES orchestrator_entry (id) ON DELETE CASCADE,
              body BLOB NOT NULL)
            """,
            """
            CREATE TABLE orchestrator_tag (
              tag TEXT NOT NULL,
              entry_id INTEGER NOT NULL REFERENCES orchestrator_entry (id) ON DELETE CASCADE,
              PRIMARY KEY (tag, entry_id)) WITHOUT ROWID
            """,
            "CREATE INDEX orchestrator_entry_expires ON orchestrator_entry (expires_at)",
            // with the size, so that what is to be evicted is found in the index alone
            "CREATE INDEX orchestrator_entry_used ON orchestrator_entry (used_at, size)",
            "CREATE INDEX orchestrator_entry_model ON orchestrator_entry (model)",
            "CREATE INDEX orchestrator_tag_entry ON orchestrator_tag (entry_id)");

    private static final List<String> OLD_REPLIES = List.of(
            """
            CREATE TABLE orchestrator_old_reply (
              id INTEGER PRIMARY KEY,
              key BLOB NOT NULL UNIQUE,
              json TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              expires_at INTEGER NOT NULL,
              used_at INTEGER NOT NULL,
              size INTEGER NOT NULL)
            """,
            "CREATE INDEX orchestrator_old_reply_expires ON orchestrator_old_reply (expires_at)",
            "CREATE INDEX orchestrator_old_reply_used ON orchestrator_old_reply (used_at, size)",
            "CREATE TABLE orchestrator_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");

    /** What leads from each version to the next, beginning with a file that has none. Released ones never change. */
    private static final List<List<String>> MIGRATIONS = List.of(ENTRIES, OLD_REPLIES);

    private Schema() {}

    /** The version that {@link #migrate} leads to. */
    static int newest() {
        return MIGRATIONS.size();
    }

    /** The version of the tables in a file; 0 where there are none yet. */
    static int version(Statement statement) throws SQLException {
        return pragma(statement, "application_id") == APPLICATION_ID ? pragma(statement, "user_version") : 0;
    }

    /**
     * Only reads: whether the file is ours, or may become so.
     *
     * @throws UnusableFileException if it is not
     */
    static void check(Statement statement) throws SQLException, UnusableFileException {
        int application = pragma(statement, "application_id");
        boolean foreign =
                application == 0 ? hasTables(statement) && !OldTable.isIn(statement) : application != APPLICATION_ID;
        if (foreign) {
            throw new UnusableFileException("belongs to another program");
        }
        if (version(statement) > newest()) {
            throw new UnusableFileException("was written by a newer version");
        }
    }

    /**
     * Brings the tables to the newest version, each step whole or not at all.
     *
     * @throws UnusableFileException if a step fails because of what else is in the file
     */
    static void migrate(Statement statement) throws SQLException, UnusableFileException {
        long pagesOfOthers = version(statement) < newest() ? pagesOfOthers(statement) : 0;
        for (int version = version(statement); version < newest(); version++) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                for (String sql : MIGRATIONS.get(version)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (version + 1));
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                if (version + 1 == newest()) {
                    OldTable.notePages(statement, pagesOfOthers);
                }
                statement.execute("COMMIT");
            } catch (SQLException e) {
                rollback(statement);
                if (SqliteFault.isStatementFault(e)) {
                    throw new UnusableFileException(
                            "cannot be brought from version " + version + " to " + (version + 1), e);
                }
                throw e;
            }
        }
    }

    /** What an old table takes, nearly; reads an index of ours from end to end. */
    private static long pagesOfOthers(Statement statement) throws SQLException {
        long inUse = (long) pragma(statement, "page_count") - pragma(statement, "freelist_count");
        if (version(statement) == 0) {
            return inUse;
        }
        try (ResultSet size = statement.executeQuery("SELECT COALESCE(SUM(size), 0) FROM orchestrator_entry")) {
            size.next();
            return Math.max(0, inUse - EMPTY_PAGES - size.getLong(1) / pragma(statement, "page_size"));
        }
    }

    static int pragma(Statement statement, String name) throws SQLException {
        try (ResultSet value = statement.executeQuery("PRAGMA " + name)) {
            return value.next() ? value.getInt(1) : 0;
        }
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        try (ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_schema LIMIT 1")) {
            return tables.next();
        }
    }

    private static void rollback(Statement statement) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // the fault has ended the transaction already
        }
    }
}
