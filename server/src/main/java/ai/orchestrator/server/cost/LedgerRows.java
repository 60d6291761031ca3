package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of calls. */
final class LedgerRows {
    private static final String INSERT = """
            INSERT INTO ledger (at_millis, request_id, tenant, route, model, prompt_tokens, completion_tokens, cost_usd, assumed_usd, estimated, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String LAST = "SELECT coalesce(max(id), 0) FROM ledger";
    private static final String CORRECT = """
            UPDATE ledger SET prompt_tokens = ?, completion_tokens = ?, cost_usd = ?, assumed_usd = ?, estimated = ?
            WHERE id = ? AND request_id = ? AND at_millis = ?""";

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

    /** Appends rows, and tells where they are. */
    static void insert(Connection connection, List<LedgerEntry.Booked> booked) throws SQLException {
        if (booked.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            long id = last(connection);
            for (LedgerEntry.Booked one : booked) {
                id++;
                one.place().id = id;
                LedgerRow row = one.row();
                insert.setLong(1, row.at().toEpochMilli());
                insert.setString(2, row.requestId());
                insert.setString(3, row.tenant());
                insert.setString(4, row.route());
                insert.setString(5, row.model());
                insert.setInt(6, row.promptTokens());
                insert.setInt(7, row.completionTokens());
                insert.setString(8, text(row.cost()));
                insert.setString(9, text(row.assumed()));
                insert.setBoolean(10, row.estimated());
                insert.setLong(11, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Puts a row in the place of the one that was booked for the same call; false if that one is not in this file. */
    static boolean correct(Connection connection, LedgerEntry.Corrected corrected) throws SQLException {
        try (PreparedStatement correct = connection.prepareStatement(CORRECT)) {
            LedgerRow row = corrected.row();
            correct.setInt(1, row.promptTokens());
            correct.setInt(2, row.completionTokens());
            correct.setString(3, text(row.cost()));
            correct.setString(4, text(row.assumed()));
            correct.setBoolean(5, row.estimated());
            correct.setLong(6, corrected.place().id);
            correct.setString(7, row.requestId());
            correct.setLong(8, row.at().toEpochMilli());
            return correct.executeUpdate() > 0;
        }
    }

    private static long last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(LAST)) {
            return result.getLong(1);
        }
    }

    private static @Nullable String text(Optional<BigDecimal> money) {
        return money.map(BigDecimal::toPlainString).orElse(null);
    }

    private static Optional<BigDecimal> money(@Nullable String text) {
        return Optional.ofNullable(text).map(BigDecimal::new);
    }
}
