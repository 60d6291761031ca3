package ai.orchestrator.cache.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the older service's table row after row, and past damage. */
final class OldTableReader {
    private static final long FURTHEST = Long.MAX_VALUE / 4;

    private static final String ROWS = """
            SELECT id, CASE WHEN valid THEN cache_key END, CASE WHEN valid THEN response_json END,
              created_at * 1000, expires_at * 1000
            FROM (SELECT rowid AS id, *, %s AS valid FROM ai_cache) WHERE id > ? ORDER BY id
            """.formatted(OldTable.VALID);

    /**
     * A row; without key and JSON where it is no reply under a key.
     *
     * @param createdAt milliseconds since 1970
     * @param expiresAt milliseconds since 1970
     */
    record Row(@Nullable String key, @Nullable String json, long createdAt, long expiresAt) {}

    private final Statements statements;
    private long last = -1;
    private long damaged;

    /** @param connection stays open */
    OldTableReader(Connection connection) {
        this.statements = new Statements(connection);
    }

    /** How many rows there are, or 0 where damage hides that. */
    long count() {
        try {
            return statements.number("SELECT COUNT(*) FROM ai_cache");
        } catch (SQLException e) {
            statements.forget();
            return 0;
        }
    }

    /** At least how many rows could not be reached. */
    long damaged() {
        return damaged;
    }

    /** @throws SQLException if reading is not possible at all */
    void forEach(Consumer<Row> consumer) throws SQLException {
        boolean more = true;
        while (more) {
            try {
                readOn(consumer);
                more = false;
            } catch (SQLException e) {
                if (!SqliteFault.isDamage(e)) {
                    throw e;
                }
                statements.forget();
                damaged++;
                OptionalLong beyond = beyondDamage();
                more = beyond.isPresent();
                last = beyond.orElse(last);
            }
        }
    }

    private void readOn(Consumer<Row> consumer) throws SQLException {
        try (ResultSet row = statements.with(ROWS, last).executeQuery()) {
            while (row.next()) {
                Row next = new Row(row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
                last = row.getLong(1);
                consumer.accept(next);
            }
        }
    }

    /** The lowest row id after which reading goes on, or ends without another fault; none where there is only damage. */
    private OptionalLong beyondDamage() {
        long step = 1;
        while (!isReadableAfter(last + step)) {
            if (step > FURTHEST) {
                return OptionalLong.empty();
            }
            step *= 2;
        }
        long bad = last + step / 2;
        long good = last + step;
        while (good - bad > 1) {
            long middle = bad + (good - bad) / 2;
            if (isReadableAfter(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return OptionalLong.of(good);
    }

    private boolean isReadableAfter(long rowId) {
        try (ResultSet row = statements.with(ROWS, rowId).executeQuery()) {
            if (row.next()) {
                row.getString(3);
            }
            return true;
        } catch (SQLException e) {
            statements.forget();
            return false;
        }
    }
}
