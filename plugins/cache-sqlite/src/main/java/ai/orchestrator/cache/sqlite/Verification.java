package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a file of ours from end to end: first its structure, then each entry. */
final class Verification {
    private static final int REPORT_EVERY = 200;

    private static final String ENTRIES = """
            SELECT e.id, typeof(e.key) = 'blob' AND length(e.key) = 16, e.created_at, e.model, e.scope, b.id, b.body
            FROM orchestrator_entry e LEFT JOIN orchestrator_body b ON b.id = e.id
            WHERE e.expires_at > ? ORDER BY e.id
            """;

    private final NamedFile file;
    private final Predicate<CacheEntry> sound;
    private final Steps steps;
    private final long now = System.currentTimeMillis();

    /** @param file what is verified, and named in failures */
    Verification(NamedFile file, Predicate<CacheEntry> sound, Steps steps) {
        this.file = file;
        this.sound = sound;
        this.steps = steps;
    }

    /** Of the file where it is. */
    Contents ofFile() {
        try (Connection connection = new SourceFile(file).open()) {
            return of(connection);
        } catch (SQLException e) {
            if (SourceFile.needsCopy(e)) {
                throw file.failure(
                        FailureCode.UNAVAILABLE,
                        "has an unfinished log beside it and cannot be read where it is: copy both, and verify the copy");
            }
            throw steps.endOf(e, file);
        }
    }

    /** Of what may be a copy of the file. */
    Contents of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = requireOurs(statement, file);
            steps.watch(connection);
            steps.at(0, 1);
            checkStructure(statement);
            long oldReplies = version < 2 ? 0 : count(statement, "orchestrator_old_reply");
            return checkEntries(connection, count(statement, "orchestrator_entry"), oldReplies);
        }
    }

    /**
     * The version of the file's tables.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if it is not a file of this tier's
     */
    static int requireOurs(Statement statement, NamedFile file) throws SQLException {
        try {
            Schema.check(statement);
        } catch (UnusableFileException e) {
            throw file.failure(e);
        }
        int version = Schema.version(statement);
        if (version == 0) {
            throw file.failure(FailureCode.INVALID_REQUEST, "is a database, but holds no cache of ours");
        }
        return version;
    }

    private void checkStructure(Statement statement) throws SQLException {
        try (ResultSet outcome = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (!outcome.next() || !"ok".equals(outcome.getString(1))) {
                throw file.failure(FailureCode.INVALID_REQUEST, "is damaged");
            }
        }
    }

    private long count(Statement statement, String table) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table + " WHERE expires_at > " + now)) {
            count.next();
            return count.getLong(1);
        }
    }

    private Contents checkEntries(Connection connection, long total, long oldReplies) throws SQLException {
        long entries = 0;
        long bytes = 0;
        long unsound = 0;
        try (PreparedStatement select = connection.prepareStatement(ENTRIES);
                PreparedStatement tags =
                        connection.prepareStatement("SELECT tag FROM orchestrator_tag WHERE entry_id = ?")) {
            select.setLong(1, now);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] body = EntryReader.orEmpty(row.getBytes(7));
                    entries++;
                    bytes += body.length;
                    unsound += isSound(row, body, tags) ? 0 : 1;
                    if (entries % REPORT_EVERY == 0) {
                        steps.at(entries, total);
                    }
                }
            }
        }
        steps.at(total, total);
        return new Contents(entries, bytes, unsound, oldReplies);
    }

    private boolean isSound(ResultSet row, byte[] body, PreparedStatement tags) throws SQLException {
        String model = row.getString(4);
        String scope = row.getString(5);
        boolean hasBody = row.getObject(6) != null;
        return row.getBoolean(2)
                && hasBody
                && model != null
                && scope != null
                && sound.test(new CacheEntry(
                        body, Instant.ofEpochMilli(row.getLong(3)), model, scope, tags(tags, row.getLong(1))));
    }

    private static Set<String> tags(PreparedStatement select, long id) throws SQLException {
        Set<String> tags = new HashSet<>();
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                tags.add(String.valueOf(row.getString(1)));
            }
        }
        return Set.copyOf(tags);
    }
}
