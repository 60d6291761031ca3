package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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

    private final Statements statements;
    private final LastUses lastUses;

    EntryReader(Connection connection, LastUses lastUses) {
        this.statements = new Statements(connection);
        this.lastUses = lastUses;
    }

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
            return Optional.of(
                    new CacheEntry(body == null ? new byte[0] : body, createdAt, model, scope, Set.copyOf(tags)));
        } catch (SQLException e) {
            statements.forget();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
