package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table of sums by day, tenant, route and model, which reports and budgets are read from. */
final class DaySums {
    private static final String FIND = """
            SELECT calls, hits, shared, prompt_tokens, completion_tokens, spent_usd, assumed_usd, saved_usd, estimated, unknown
            FROM days WHERE day = ? AND tenant = ? AND route = ? AND model = ?""";
    private static final String STORE = "INSERT OR REPLACE INTO days VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RANGE = """
            SELECT calls, hits, shared, prompt_tokens, completion_tokens, spent_usd, assumed_usd, saved_usd, estimated, unknown,
              day, tenant, route, model
            FROM days WHERE day >= ? AND day <= ?""";

    private final Connection connection;

    DaySums(Connection connection) {
        this.connection = connection;
    }

    /** Adds to the sums; there is one writer. */
    void add(Map<CostGroup, CostFigures> more) throws SQLException {
        if (more.isEmpty()) {
            return;
        }
        try (PreparedStatement find = connection.prepareStatement(FIND);
                PreparedStatement store = connection.prepareStatement(STORE)) {
            for (Map.Entry<CostGroup, CostFigures> one : more.entrySet()) {
                name(find, one.getKey());
                try (ResultSet found = find.executeQuery()) {
                    CostFigures known = found.next() ? read(found) : CostFigures.NONE;
                    name(store, one.getKey());
                    write(store, known.plus(one.getValue()));
                }
                store.addBatch();
            }
            store.executeBatch();
        }
    }

    /** The sums of some days, in order of their names. */
    Map<CostGroup, CostFigures> range(LocalDate from, LocalDate to) throws SQLException {
        Map<CostGroup, CostFigures> sums = new LinkedHashMap<>();
        try (PreparedStatement range = connection.prepareStatement(RANGE)) {
            range.setString(1, from.toString());
            range.setString(2, to.toString());
            try (ResultSet rows = range.executeQuery()) {
                while (rows.next()) {
                    CostGroup group = new CostGroup(
                            LocalDate.parse(rows.getString(11)),
                            rows.getString(12),
                            rows.getString(13),
                            rows.getString(14));
                    sums.put(group, read(rows));
                }
            }
        }
        return sums;
    }

    private static void name(PreparedStatement statement, CostGroup group) throws SQLException {
        statement.setString(1, group.day().toString());
        statement.setString(2, group.tenant());
        statement.setString(3, group.route());
        statement.setString(4, group.model());
    }

    private static void write(PreparedStatement store, CostFigures sum) throws SQLException {
        store.setLong(5, sum.calls());
        store.setLong(6, sum.hits());
        store.setLong(7, sum.shared());
        store.setLong(8, sum.promptTokens());
        store.setLong(9, sum.completionTokens());
        store.setString(10, sum.spent().toPlainString());
        store.setString(11, sum.assumed().toPlainString());
        store.setString(12, sum.saved().toPlainString());
        store.setLong(13, sum.estimated());
        store.setLong(14, sum.unknown());
    }

    private static CostFigures read(ResultSet row) throws SQLException {
        return new CostFigures(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                new BigDecimal(row.getString(6)),
                new BigDecimal(row.getString(7)),
                new BigDecimal(row.getString(8)),
                row.getLong(9),
                row.getLong(10));
    }
}
