package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.DurableCacheTier.OldReply;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads entries over one connection. For one thread at a time. */
final class EntryReader implements AutoCloseable {
    /** One statement, hence one state of the file; a row for each tag. */
    private static final String FIND = """
            SELECT e.id, e.created_at, e.model, e.scope, e.used_at, b.body, t.tag
            FROM orchestrator_entry e
            JOIN orchestrator_body b ON b.id = e.id
            LEFT JOIN orchestrator_tag t ON t.entry_id = e.id
            WHERE e.key = ? AND e.expires_at > ?
            """;

    private static final String FIND_OLD = """
            SELECT json, created_at FROM orchestrator_old_reply WHERE key = ? AND expires_at > ?
            """;

    private static final String FIND_IN_OLD_TABLE = """
            SELECT response_json, created_at * 1000 FROM ai_cache
            WHERE cache_key = ? AND %s AND expires_at * 1000 > ?
            AND NOT EXISTS (SELECT 1 FROM orchestrator_state WHERE name = '%s')
            """.formatted(OldTable.VALID, OldTable.ENDED);

    private final Statements statements;
    private final boolean servesOldTable;
    private final LastUses lastUses;

    /** @param servesOldTable whether the older service's table is in the file, and to be looked into */
    EntryReader(Connection connection, boolean servesOldTable, LastUses lastUses) {
        this.statements = new Statements(connection);
        this.servesOldTable = servesOldTable;
        this.lastUses = lastUses;
    }

    /** The entry, unless it is missing, expired, or damaged so that it is none. */
    Optional<CacheEntry> find(CacheKey key) throws SQLException {
        long now = System.currentTimeMillis();
        try (ResultSet row = statements.with(FIND, Statements.bytes(key), now).executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            lastUses.note(row.getLong(1), row.getLong(5), now);
            Instant createdAt = Instant.ofEpochMilli(row.getLong(2));
            String model = row.getString(3);
            String scope = row.getString(4);
            byte[] body = row.getBytes(6);
            Set<String> tags = new HashSet<>();
            do {
                String tag = row.getString(7);
                if (tag != null) {
                    tags.add(tag);
                }
            } while (row.next());
            return model == null || scope == null
                    ? Optional.empty()
                    : Optional.of(new CacheEntry(orEmpty(body), createdAt, model, scope, Set.copyOf(tags)));
        } catch (SQLException e) {
            statements.forget();
            throw e;
        }
    }

    /** What was taken over from the older service, else what stands in its own table. */
    Optional<OldReply> findOld(CacheKey key) throws SQLException {
        long now = System.currentTimeMillis();
        try {
            Optional<OldReply> ours = oldReply(FIND_OLD, Statements.bytes(key), now);
            return ours.isPresent() || !servesOldTable ? ours : oldReply(FIND_IN_OLD_TABLE, key.toString(), now);
        } catch (SQLException e) {
            statements.forget();
            throw e;
        }
    }

    private Optional<OldReply> oldReply(String sql, Object key, long now) throws SQLException {
        try (ResultSet row = statements.with(sql, key, now).executeQuery()) {
            String json = row.next() ? row.getString(1) : null;
            return json == null
                    ? Optional.empty()
                    : Optional.of(new OldReply(json, Instant.ofEpochMilli(row.getLong(2))));
        }
    }

    /** The driver gives nothing for a body without bytes. */
    static byte[] orEmpty(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
