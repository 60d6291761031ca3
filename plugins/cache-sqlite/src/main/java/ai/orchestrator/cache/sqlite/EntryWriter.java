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

    /** How many entries are looked at in one transaction for those of one scope; a few milliseconds' work. */
    private static final int LOOKED_THROUGH = 4_000;

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

    Deleted remove(byte[] key, String scope) throws SQLException {
        return delete(DELETE + "key = ? AND scope = ?" + RETURNING, key, scope);
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
    Deleted removeSome(CacheSelector.OfAnyScope selector, long upToId, Slice slice) throws SQLException {
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

    /**
     * Removes some of one scope's entries. An index by scope would cost every put; so this looks through entries of all scopes, some at a time, and none
     * twice but where it has removed some.
     *
     * @param afterId up to where, that one included, it has been done before
     */
    ScopedSlice removeSomeOfScope(CacheSelector.InScope selector, long afterId, long upToId, Slice slice)
            throws SQLException {
        return switch (selector.entries()) {
            case CacheSelector.All() -> {
                String all = "SELECT id FROM orchestrator_entry WHERE id > ? AND id <= ? ORDER BY id";
                yield removeOfScope(selector.scope(), all, slice, afterId, upToId);
            }
            case CacheSelector.ByModel(String model) -> {
                String ofModel = "SELECT id FROM orchestrator_entry WHERE model = ? AND id > ? AND id <= ? ORDER BY id";
                yield removeOfScope(selector.scope(), ofModel, slice, model, afterId, upToId);
            }
            case CacheSelector.ByTag(String tag) -> {
                String tagged = "SELECT entry_id AS id FROM orchestrator_tag"
                        + " WHERE tag = ? AND entry_id > ? AND entry_id <= ? ORDER BY entry_id";
                yield removeOfScope(selector.scope(), tagged, slice, tag, afterId, upToId);
            }
        };
    }

    /** @param values the last two are the ids before the first and of the last entry to look at */
    private ScopedSlice removeOfScope(String scope, String entries, Slice slice, Object... values) throws SQLException {
        String some = entries + " LIMIT " + LOOKED_THROUGH;
        String ofScope = "SELECT id, id AS rank, size FROM orchestrator_entry WHERE scope = ? AND id IN (" + some + ")";
        Object[] withScope = new Object[values.length + 1];
        withScope[0] = scope;
        System.arraycopy(values, 0, withScope, 1, values.length);
        Deleted deleted = deleteSome(ofScope, slice, withScope);
        if (deleted.any()) {
            return new ScopedSlice(deleted, (long) values[values.length - 2]);
        }
        String last = "SELECT COALESCE(MAX(id), " + Long.MAX_VALUE + ") FROM (" + some + ")";
        return new ScopedSlice(deleted, statements.number(last, values));
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
