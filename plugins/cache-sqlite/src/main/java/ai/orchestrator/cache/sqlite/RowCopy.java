package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies all unexpired rows of the cache file, as it is at one moment, into an empty file of the same tables. */
final class RowCopy {
    private static final long ROWS_A_STEP = 500;

    private static final String ENTRIES = """
            INSERT INTO main.orchestrator_entry (id, key, model, scope, created_at, expires_at, used_at, size)
            SELECT id, key, model, scope, created_at, expires_at, used_at, size FROM live.orchestrator_entry
            WHERE id > ? AND id <= ? AND expires_at > ? ORDER BY id
            """;

    private static final String BODIES = """
            INSERT INTO main.orchestrator_body (id, body) SELECT id, body FROM live.orchestrator_body
            WHERE id > ? AND id <= ? AND id IN (SELECT id FROM main.orchestrator_entry WHERE id > ?) ORDER BY id
            """;

    private static final String TAGS = """
            INSERT INTO main.orchestrator_tag (tag, entry_id) SELECT tag, entry_id FROM live.orchestrator_tag
            WHERE entry_id > ? AND entry_id <= ? AND entry_id IN (SELECT id FROM main.orchestrator_entry WHERE id > ?)
            """;

    private static final String OLD_REPLIES = """
            INSERT INTO main.orchestrator_old_reply (key, json, created_at, expires_at, used_at, size)
            SELECT key, json, created_at, expires_at, used_at, size FROM live.orchestrator_old_reply
            WHERE id > ? AND id <= ? AND expires_at > ? ORDER BY id
            """;

    /** What was taken over is newer than what stands in the older service's own table. */
    private static final String OLD_TABLE = """
            INSERT OR IGNORE INTO main.orchestrator_old_reply (key, json, created_at, expires_at, used_at, size)
            SELECT unhex(cache_key), response_json, created_at * 1000, expires_at * 1000, unixepoch() * 1000,
              length(response_json) + %d
            FROM live.ai_cache WHERE rowid > ? AND rowid <= ? AND expires_at * 1000 > ? AND %s ORDER BY rowid
            """.formatted(OldReplyRow.OVERHEAD, OldTable.VALID);

    private final Statements statements;
    private final Path live;
    private final Steps steps;
    private final long now = System.currentTimeMillis();
    private long done;
    private long total;

    /** @param connection to the empty file; stays open */
    RowCopy(Connection connection, Path live, Steps steps) {
        this.statements = new Statements(connection);
        this.live = live;
        this.steps = steps;
    }

    Contents all() throws SQLException {
        boolean oldTable = servesOldTable();
        statements.with("ATTACH ? AS live", SourceFile.uri(live) + "?mode=ro").execute();
        try (Statement statement = statements.connection().createStatement()) {
            statement.execute("BEGIN");
            // the moment is that of the first read
            total = unexpired("live.orchestrator_entry") + unexpired("live.orchestrator_old_reply");
            copyEntries();
            copy("live.orchestrator_old_reply", "id", OLD_REPLIES);
            if (oldTable) {
                copy("live.ai_cache", "rowid", OLD_TABLE);
            }
            statement.execute("COMMIT");
            statement.execute("DETACH live");
        }
        return contents();
    }

    private boolean servesOldTable() throws SQLException {
        try (Connection connection = SourceFile.connect(live, "mode=ro");
                Statement statement = connection.createStatement()) {
            return OldTable.isServedFrom(statement);
        }
    }

    private long unexpired(String table) throws SQLException {
        return statements.number("SELECT COUNT(*) FROM " + table + " WHERE expires_at > ?", now);
    }

    private void copyEntries() throws SQLException {
        long after = Long.MIN_VALUE;
        for (long upTo = endOfStep("live.orchestrator_entry", "id", after); upTo > after; ) {
            done += statements.with(ENTRIES, after, upTo, now).executeUpdate();
            statements.with(BODIES, after, upTo, after).executeUpdate();
            statements.with(TAGS, after, upTo, after).executeUpdate();
            steps.at(done, total);
            after = upTo;
            upTo = endOfStep("live.orchestrator_entry", "id", after);
        }
    }

    private void copy(String table, String id, String insert) throws SQLException {
        long after = Long.MIN_VALUE;
        for (long upTo = endOfStep(table, id, after); upTo > after; ) {
            done += statements.with(insert, after, upTo, now).executeUpdate();
            steps.at(done, total);
            after = upTo;
            upTo = endOfStep(table, id, after);
        }
    }

    /** The id that the next rows go up to; the same where there are no more. */
    private long endOfStep(String table, String id, long after) throws SQLException {
        String rows = "SELECT " + id + " AS id FROM " + table + " WHERE " + id + " > ? ORDER BY " + id + " LIMIT ?";
        return statements.number("SELECT COALESCE(MAX(id), ?) FROM (" + rows + ")", after, after, ROWS_A_STEP);
    }

    private Contents contents() throws SQLException {
        String sums = "SELECT COUNT(*), COALESCE(SUM(octet_length(body)), 0) FROM orchestrator_body";
        try (ResultSet sum = statements.with(sums).executeQuery()) {
            sum.next();
            return new Contents(
                    sum.getLong(1),
                    sum.getLong(2),
                    0,
                    statements.number("SELECT COUNT(*) FROM orchestrator_old_reply"));
        }
    }
}
