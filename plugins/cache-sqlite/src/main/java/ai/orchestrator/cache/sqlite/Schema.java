package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables. They may share the file with the older service's {@code ai_cache}, which is left alone. Times are in milliseconds since
 * 1970; the body has a table of its own, so that writing the time of last use does not move it.
 */
final class Schema {
    private static final int APPLICATION_ID = 0x41494F43; // "AIOC"
    private static final int VERSION = 1;

    private static final String[] TABLES = {
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
        // with the size, so that the totals are read from the index alone
        "CREATE INDEX orchestrator_entry_used ON orchestrator_entry (used_at, size)",
        "CREATE INDEX orchestrator_entry_model ON orchestrator_entry (model)",
        "CREATE INDEX orchestrator_tag_entry ON orchestrator_tag (entry_id)"
    };

    private Schema() {}

    /** Only reads: whether the file is ours, or has no owner yet. */
    static void check(Statement statement) throws SQLException, UnusableFileException {
        int application = pragma(statement, "application_id");
        if (application != 0 && application != APPLICATION_ID) {
            throw new UnusableFileException("belongs to another program");
        }
        if (application == APPLICATION_ID && pragma(statement, "user_version") > VERSION) {
            throw new UnusableFileException("was written by a newer version");
        }
    }

    /** Makes the tables unless they are there. */
    static void create(Statement statement) throws SQLException {
        if (pragma(statement, "application_id") == APPLICATION_ID) {
            return;
        }
        statement.execute("BEGIN IMMEDIATE");
        try {
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute("PRAGMA user_version = " + VERSION);
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("COMMIT");
        } catch (SQLException e) {
            statement.execute("ROLLBACK");
            throw e;
        }
    }

    static int pragma(Statement statement, String name) throws SQLException {
        try (ResultSet value = statement.executeQuery("PRAGMA " + name)) {
            return value.next() ? value.getInt(1) : 0;
        }
    }
}
