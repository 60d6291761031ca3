package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The older service's table {@code ai_cache}, as far as it is known: its rows are read where they stand and never altered. Its times
 * are in seconds since 1970; SQLite keeps whatever was stored in a column, so each row is looked at before it is believed.
 */
final class OldTable {
    /** A reply that is longer is taken for damage. */
    private static final int MAX_REPLY_BYTES = 4 << 20;

    /** 100,000 years: what is beyond cannot be seconds. */
    private static final long MAX_SECONDS = 100_000L * 366 * 24 * 3600;

    /** Whether a row is a reply under a key. */
    static final String VALID = """
            typeof(cache_key) = 'text' AND length(cache_key) = 32 AND cache_key NOT GLOB '*[^0-9a-fA-F]*'
            AND typeof(response_json) = 'text' AND octet_length(response_json) <= %d
            AND typeof(created_at) = 'integer' AND created_at BETWEEN -%2$d AND %2$d
            AND typeof(expires_at) = 'integer' AND expires_at BETWEEN -%2$d AND %2$d
            """.formatted(MAX_REPLY_BYTES, MAX_SECONDS);

    /** In {@code orchestrator_state}: the pages that the table took when ours were made beside it. */
    private static final String PAGES = "old_table_pages";

    /** In {@code orchestrator_state}: there once the table's rows are not to be served any more. */
    static final String ENDED = "old_table_ended";

    private OldTable() {}

    /** Whether the file has the table. */
    static boolean isIn(Statement statement) throws SQLException {
        String columns = """
                SELECT COUNT(*) FROM sqlite_schema t, pragma_table_info('ai_cache') c
                WHERE t.type = 'table' AND t.name = 'ai_cache'
                AND c.name IN ('cache_key', 'response_json', 'created_at', 'expires_at')
                """;
        return number(statement, columns) == 4;
    }

    /** Whether the file has the table and its rows may be served. */
    static boolean isServedFrom(Statement statement) throws SQLException {
        return isIn(statement)
                && number(statement, "SELECT COUNT(*) FROM orchestrator_state WHERE name = '" + ENDED + "'") == 0;
    }

    /** Ends the serving of the table's rows, in this file for good. */
    static void end(Statement statement) throws SQLException {
        statement.execute("INSERT OR REPLACE INTO orchestrator_state (name, value) VALUES ('" + ENDED + "', 1)");
    }

    /** Notes how much of the file is not ours, where that is more than nothing. To be called once. */
    static void notePages(Statement statement, long pages) throws SQLException {
        if (isIn(statement)) {
            statement.execute("INSERT INTO orchestrator_state (name, value) VALUES ('" + PAGES + "', " + pages + ")");
        }
    }

    /** How many pages of the file are not ours. */
    static long pages(Statement statement) throws SQLException {
        return isIn(statement)
                ? number(
                        statement,
                        "SELECT COALESCE(MAX(value), 0) FROM orchestrator_state WHERE name = '" + PAGES + "'")
                : 0;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet value = statement.executeQuery(sql)) {
            return value.next() ? value.getLong(1) : 0;
        }
    }
}
