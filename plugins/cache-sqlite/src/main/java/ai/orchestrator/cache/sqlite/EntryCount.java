package ai.orchestrator.cache.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many entries there are. They are counted some at a time after the file was opened, in the order of their ids, so that nothing
 * waits for the count; meanwhile changes count where they are to an id that was passed already.
 */
final class EntryCount {
    private static final String NEXT = """
            SELECT COUNT(*), COALESCE(MAX(id), 0)
            FROM (SELECT id FROM orchestrator_entry WHERE id > ? ORDER BY id LIMIT ?)
            """;

    private long passed = Long.MIN_VALUE;
    private long count;
    private long inTransaction;
    private volatile long known = -1;

    /** -1 until all are counted. For any thread. */
    long known() {
        return known;
    }

    /** Counts up to {@code limit} more, outside of a transaction; true if there are more yet. */
    boolean countOn(Statements statements, long limit) throws SQLException {
        if (passed == Long.MAX_VALUE) {
            return false;
        }
        try (ResultSet next = statements.with(NEXT, passed, limit).executeQuery()) {
            next.next();
            count += next.getLong(1);
            passed = next.getLong(1) < limit ? Long.MAX_VALUE : next.getLong(2);
        }
        publish();
        return passed < Long.MAX_VALUE;
    }

    void begin() {
        inTransaction = 0;
    }

    void added(long id) {
        inTransaction += id <= passed ? 1 : 0;
    }

    void removed(long id) {
        inTransaction -= id <= passed ? 1 : 0;
    }

    void committed() {
        count += inTransaction;
        inTransaction = 0;
        publish();
    }

    private void publish() {
        if (passed == Long.MAX_VALUE) {
            known = count;
        }
    }
}
