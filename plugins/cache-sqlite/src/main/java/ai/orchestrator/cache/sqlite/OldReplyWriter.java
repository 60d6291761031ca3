package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Writes answers that were taken over from the older service, within a transaction that others begin and end. As nobody stores them anew, the
 * time of their last use is the time when they were taken over.
 */
final class OldReplyWriter {
    private static final String PUT = """
            INSERT INTO orchestrator_old_reply (key, json, created_at, expires_at, used_at, size) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET json = excluded.json, created_at = excluded.created_at,
              expires_at = excluded.expires_at, used_at = excluded.used_at, size = excluded.size
            """;

    private final Statements statements;

    OldReplyWriter(Statements statements) {
        this.statements = statements;
    }

    void putAll(List<OldReplyRow> rows) throws SQLException {
        long now = System.currentTimeMillis();
        for (OldReplyRow row : rows) {
            statements
                    .with(PUT, row.key(), row.json(), row.createdAt(), row.expiresAt(), now, row.size())
                    .executeUpdate();
        }
    }

    /** When the answer was taken over that is here longest; {@link Long#MAX_VALUE} without any. */
    long oldestUse() throws SQLException {
        return statements.number("SELECT COALESCE(MIN(used_at), " + Long.MAX_VALUE + ") FROM orchestrator_old_reply");
    }

    /** The highest id there is. */
    long lastId() throws SQLException {
        return statements.number("SELECT COALESCE(MAX(id), 0) FROM orchestrator_old_reply");
    }

    Deleted removeSome(long upToId, Slice slice) throws SQLException {
        return delete("SELECT id, id AS rank, size FROM orchestrator_old_reply WHERE id <= ?", slice, upToId);
    }

    Deleted removeExpired(Slice slice) throws SQLException {
        String expired = "SELECT id, id AS rank, size FROM orchestrator_old_reply WHERE expires_at <= ?";
        return delete(expired, slice, System.currentTimeMillis());
    }

    Deleted removeLeastRecentlyUsed(Slice slice) throws SQLException {
        return delete("SELECT id, used_at AS rank, size FROM orchestrator_old_reply ORDER BY used_at, id", slice);
    }

    /** Ends the serving of the rows that stand in the older service's own table, if that is in the file. */
    void endOldTable() throws SQLException {
        try (Statement statement = statements.connection().createStatement()) {
            if (OldTable.isIn(statement)) {
                OldTable.end(statement);
            }
        }
    }

    private Deleted delete(String rows, Slice slice, Object... values) throws SQLException {
        String sql = "DELETE FROM orchestrator_old_reply WHERE id IN (" + Slice.of(rows) + ") RETURNING expires_at";
        Deleted deleted = Deleted.NONE;
        long now = System.currentTimeMillis();
        try (ResultSet gone = statements.with(sql, slice.after(values)).executeQuery()) {
            while (gone.next()) {
                deleted = deleted.and(gone.getLong(1) > now);
            }
        }
        return deleted;
    }
}
