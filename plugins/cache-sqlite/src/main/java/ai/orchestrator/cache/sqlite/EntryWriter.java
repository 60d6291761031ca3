package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** All writing, over one connection and from one thread. Keeps count of what the file holds. */
final class EntryWriter implements AutoCloseable {
    /** What an entry takes beside its body and texts: two rows, and its places in five indexes. */
    private static final int OVERHEAD = 250;

    private static final Duration MAX_TTL = Duration.ofDays(100L * 365);
    private static final String DELETE = "DELETE FROM orchestrator_entry WHERE ";
    private static final String RETURNING = " RETURNING size, expires_at";

    private static final String LEAST_RECENTLY_USED = """
            SELECT id FROM (
              SELECT id, SUM(size) OVER (ORDER BY used_at, id) - size AS freed_before
              FROM (SELECT id, used_at, size FROM orchestrator_entry ORDER BY used_at LIMIT ?))
            WHERE freed_before < ?
            """;

    /** What a deletion took away. */
    record Deleted(int entries, int unexpired) {}

    private final Statements statements;
    private long entriesInTransaction;
    private long bytesInTransaction;
    private volatile long entries = -1;
    private volatile long bytes = -1;

    EntryWriter(Connection connection) {
        this.statements = new Statements(connection);
    }

    /** To be called before anything is written. Reads through an index of the whole table. */
    void countAll() throws SQLException {
        try (ResultSet totals = statements
                .with("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM orchestrator_entry")
                .executeQuery()) {
            totals.next();
            entries = totals.getLong(1);
            bytes = totals.getLong(2);
        }
    }

    /** Without the current transaction; -1 before the count. For any thread. */
    long entries() {
        return entries;
    }

    /** Without the current transaction; -1 before the count. For any thread. */
    long bytes() {
        return bytes;
    }

    static long size(CacheEntry entry) {
        long texts = (long) entry.model().length() + entry.scope().length();
        for (String tag : entry.tags()) {
            texts += tag.length();
        }
        return OVERHEAD + entry.body().length + texts;
    }

    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
        entriesInTransaction = 0;
        bytesInTransaction = 0;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread alone
    void commit() throws SQLException {
        execute("COMMIT");
        entries += entriesInTransaction;
        bytes += bytesInTransaction;
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

    void put(CacheKey key, CacheEntry entry, Duration ttl) throws SQLException {
        long now = System.currentTimeMillis();
        long millis = ttl.compareTo(MAX_TTL) < 0 ? Math.max(1, ttl.toMillis()) : MAX_TTL.toMillis();
        long size = size(entry);
        delete(DELETE + "key = ?" + RETURNING, Statements.bytes(key));
        long id = insert(key, entry, now, now + millis, size);
        statements
                .with("INSERT INTO orchestrator_body (id, body) VALUES (?, ?)", id, entry.body())
                .executeUpdate();
        for (String tag : entry.tags()) {
            statements
                    .with("INSERT INTO orchestrator_tag (tag, entry_id) VALUES (?, ?)", tag, id)
                    .executeUpdate();
        }
        entriesInTransaction++;
        bytesInTransaction += size;
    }

    private long insert(CacheKey key, CacheEntry entry, long now, long expiresAt, long size) throws SQLException {
        PreparedStatement insert = statements.with(
                """
                INSERT INTO orchestrator_entry (key, model, scope, created_at, expires_at, used_at, size)
                VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                Statements.bytes(key),
                entry.model(),
                entry.scope(),
                entry.createdAt().toEpochMilli(),
                expiresAt,
                now,
                size);
        try (ResultSet id = insert.executeQuery()) {
            id.next();
            return id.getLong(1);
        }
    }

    Deleted remove(CacheKey key) throws SQLException {
        return delete(DELETE + "key = ?" + RETURNING, Statements.bytes(key));
    }

    /** The highest id there is; entries put later have a higher one. */
    long lastId() throws SQLException {
        try (ResultSet last = statements
                .with("SELECT COALESCE(MAX(id), 0) FROM orchestrator_entry")
                .executeQuery()) {
            last.next();
            return last.getLong(1);
        }
    }

    /** Removes up to {@code limit} of the entries that the selector matches. */
    Deleted removeSome(CacheSelector selector, long upToId, long limit) throws SQLException {
        return switch (selector) {
            case CacheSelector.All() -> delete(some("SELECT id FROM orchestrator_entry WHERE id <= ?"), upToId, limit);
            case CacheSelector.ByModel(String model) ->
                delete(some("SELECT id FROM orchestrator_entry WHERE model = ? AND id <= ?"), model, upToId, limit);
            case CacheSelector.ByTag(String tag) ->
                delete(
                        some("SELECT entry_id FROM orchestrator_tag WHERE tag = ? AND entry_id <= ?"),
                        tag,
                        upToId,
                        limit);
        };
    }

    Deleted removeExpired(long limit) throws SQLException {
        String expired = "SELECT id FROM orchestrator_entry WHERE expires_at <= ?";
        return delete(some(expired), System.currentTimeMillis(), limit);
    }

    /** Removes up to {@code limit} entries, but no more than it takes to free so many bytes. */
    Deleted removeLeastRecentlyUsed(long limit, long bytesToFree) throws SQLException {
        return delete(DELETE + "id IN (" + LEAST_RECENTLY_USED + ")" + RETURNING, limit, bytesToFree);
    }

    private static String some(String ids) {
        return DELETE + "id IN (" + ids + " LIMIT ?)" + RETURNING;
    }

    private Deleted delete(String sql, Object... values) throws SQLException {
        long now = System.currentTimeMillis();
        int count = 0;
        int unexpired = 0;
        long size = 0;
        try (ResultSet deleted = statements.with(sql, values).executeQuery()) {
            while (deleted.next()) {
                count++;
                size += deleted.getLong(1);
                unexpired += deleted.getLong(2) > now ? 1 : 0;
            }
        }
        entriesInTransaction -= count;
        bytesInTransaction -= size;
        return new Deleted(count, unexpired);
    }

    void writeLastUses(Map<Long, Long> timesById) throws SQLException {
        for (Map.Entry<Long, Long> use : timesById.entrySet()) {
            statements
                    .with("UPDATE orchestrator_entry SET used_at = ? WHERE id = ?", use.getValue(), use.getKey())
                    .executeUpdate();
        }
    }

    /** Gives up to {@code pages} free pages back if a good part of the file is free; true if there may be more to give. */
    boolean giveBackPages(int pages) throws SQLException {
        try (Statement statement = statements.connection().createStatement()) {
            int free = Schema.pragma(statement, "freelist_count");
            int all = Schema.pragma(statement, "page_count");
            boolean incremental = Schema.pragma(statement, "auto_vacuum") == 2;
            if (!incremental || free < pages || free < all / 5) {
                return false;
            }
            statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
            return true;
        }
    }

    /** Moves what the log holds into the file, as far as that goes without waiting. */
    void checkpoint() throws SQLException {
        execute("PRAGMA wal_checkpoint(PASSIVE)");
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
