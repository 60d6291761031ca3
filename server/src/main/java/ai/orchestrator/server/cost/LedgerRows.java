package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of calls. */
final class LedgerRows {
    private static final String INSERT = """
            INSERT INTO ledger (at_millis, request_id, tenant, route, model, prompt_tokens, completion_tokens, cost_usd, assumed_usd, estimated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String CORRECT = """
            UPDATE ledger SET prompt_tokens = ?, completion_tokens = ?, cost_usd = ?, assumed_usd = ?, estimated = ?
            WHERE id = (SELECT max(id) FROM ledger WHERE at_millis = ? AND request_id = ? AND model = ? AND tenant = ?)""";

    private LedgerRows() {}

    static LedgerRow read(ResultSet rows) throws SQLException {
        return new LedgerRow(
                Instant.ofEpochMilli(rows.getLong("at_millis")),
                rows.getString("request_id"),
                rows.getString("tenant"),
                rows.getString("route"),
                rows.getString("model"),
                rows.getInt("prompt_tokens"),
                rows.getInt("completion_tokens"),
                money(rows.getString("cost_usd")),
                money(rows.getString("assumed_usd")),
                rows.getBoolean("estimated"));
    }

    static void insert(Connection connection, Iterable<LedgerRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (LedgerRow row : rows) {
                insert.setLong(1, row.at().toEpochMilli());
                insert.setString(2, row.requestId());
                insert.setString(3, row.tenant());
                insert.setString(4, row.route());
                insert.setString(5, row.model());
                insert.setInt(6, row.promptTokens());
                insert.setInt(7, row.completionTokens());
                insert.setString(8, row.cost().map(BigDecimal::toPlainString).orElse(null));
                insert.setString(9, row.assumed().map(BigDecimal::toPlainString).orElse(null));
                insert.setBoolean(10, row.estimated());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Puts a row in the place of the one that was booked for the same call. */
    static void correct(Connection connection, LedgerRow row) throws SQLException {
        try (PreparedStatement correct = connection.prepareStatement(CORRECT)) {
            correct.setInt(1, row.promptTokens());
            correct.setInt(2, row.completionTokens());
            correct.setString(3, row.cost().map(BigDecimal::toPlainString).orElse(null));
            correct.setString(4, row.assumed().map(BigDecimal::toPlainString).orElse(null));
            correct.setBoolean(5, row.estimated());
            correct.setLong(6, row.at().toEpochMilli());
            correct.setString(7, row.requestId());
            correct.setString(8, row.model());
            correct.setString(9, row.tenant());
            correct.executeUpdate();
        }
    }

    private static Optional<BigDecimal> money(@Nullable String text) {
        return Optional.ofNullable(text).map(BigDecimal::new);
    }
}
