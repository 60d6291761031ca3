package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheSelector;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Writes entries, within a transaction that others begin and end. */
final class EntryWriter {
    private static final String DELETE = "DELETE FROM orchestrator_entry WHERE ";
    private static final String RETURNING = " RETURNING id, expires_at";

    private static final String LEAST_RECENTLY_USED =
            "SELECT id, used_at AS rank, size FROM orchestrator_entry ORDER BY used_at, id";

    private final Statements statements;
    private final EntryCount count;

    EntryWriter(Statements statements, EntryCount count) {
        this.statements = statements;
        this.count = count;
    }

    void put(NewRow row) throws SQLException {
        delete(DELETE + "key = ?" + RETURNING, Statements.bytes(row.key()));
        long id = insert(row, System.currentTimeMillis());
        count.added(id);
        statements
                .with(
                        "INSERT INTO orchestrator_body (id, body) VALUES (?, ?)",
                        id,
                        row.entry().body())
                .executeUpdate();
        for (String tag : row.entry().tags()) {
            // two tags with broken characters may be the same in UTF-8
            statements
                    .with("INSERT OR IGNORE INTO orchestrator_tag (tag, entry_id) VALUES (?, ?)", tag, id)
                    .executeUpdate();
        }
    }

    private long insert(NewRow row, long now) throws SQLException {
        PreparedStatement insert = statements.with(
                """
                INSERT INTO orchestrator_entry (key, model, scope, created_at, expires_at, used_at, size)
                VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                Statements.bytes(row.key()),
                row.entry().model(),
                row.entry().scope(),
                row.createdAt(),
                now + row.ttlMillis(),
                now,
                row.size());
        try (ResultSet id = insert.executeQuery()) {
            id.next();
            return id.getLong(1);
        }
    }

    Deleted remove(byte[] key) throws SQLException {
        return delete(DELETE + "key = ?" + RETURNING, key);
    }

    /** The highest id there is; entries put later have a higher one, as long as this one stays. */
    long lastId() throws SQLException {
        return statements.number("SELECT COALESCE(MAX(id), 0) FROM orchestrator_entry");
    }

    /** When the entry was used last that was not used for longest; {@link Long#MAX_VALUE} without entries. */
    long oldestUse() throws SQLException {
        return statements.number("SELECT COALESCE(MIN(used_at), " + Long.MAX_VALUE + ") FROM orchestrator_entry");
    }

    /** Removes some of the entries that the selector matches. */
    Deleted removeSome(CacheSelector selector, long upToId, Slice slice) throws SQLException {
        String matching = "SELECT id, id AS rank, size FROM orchestrator_entry WHERE ";
        return switch (selector) {
            case CacheSelector.All() -> deleteSome(matching + "id <= ?", slice, upToId);
            case CacheSelector.ByModel(String model) ->
                deleteSome(matching + "model = ? AND id <= ?", slice, model, upToId);
            case CacheSelector.ByTag(String tag) -> {
                String tagged = "id IN (SELECT entry_id FROM orchestrator_tag WHERE tag = ? AND entry_id <= ? LIMIT ?)";
                yield deleteSome(matching + tagged, slice, tag, upToId, slice.rows());
            }
        };
    }

    Deleted removeExpired(Slice slice) throws SQLException {
        String expired = "SELECT id, id AS rank, size FROM orchestrator_entry WHERE expires_at <= ?";
        return deleteSome(expired, slice, System.currentTimeMillis());
    }

    Deleted removeLeastRecentlyUsed(Slice slice) throws SQLException {
        return deleteSome(LEAST_RECENTLY_USED, slice);
    }

    private Deleted deleteSome(String rows, Slice slice, Object... values) throws SQLException {
        return delete(DELETE + "id IN (" + Slice.of(rows) + ")" + RETURNING, slice.after(values));
    }

    private Deleted delete(String sql, Object... values) throws SQLException {
        Deleted deleted = Deleted.NONE;
        long now = System.currentTimeMillis();
        try (ResultSet rows = statements.with(sql, values).executeQuery()) {
            while (rows.next()) {
                count.removed(rows.getLong(1));
                deleted = deleted.and(rows.getLong(2) > now);
            }
        }
        return deleted;
    }

    void writeLastUses(Map<Long, Long> timesById) throws SQLException {
        for (Map.Entry<Long, Long> use : timesById.entrySet()) {
            statements
                    .with("UPDATE orchestrator_entry SET used_at = ? WHERE id = ?", use.getValue(), use.getKey())
                    .executeUpdate();
        }
    }
}
