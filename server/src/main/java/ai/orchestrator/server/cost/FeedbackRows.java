package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.Feedback.Given;
import ai.orchestrator.server.orchestration.Feedback.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of verdicts. */
final class FeedbackRows {
    private static final String STORE = "INSERT OR REPLACE INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHANGE = """
            UPDATE feedback SET at_millis = ?, verdict = ?, comment = ? WHERE request_id = ? AND (tenant = ? OR ?)""";
    private static final String ALL = "SELECT * FROM feedback ORDER BY at_millis, id";

    private FeedbackRows() {}

    static void store(Connection connection, Given given) throws SQLException {
        try (PreparedStatement store = connection.prepareStatement(STORE)) {
            store.setString(1, given.requestId());
            store.setString(2, given.tenant());
            store.setLong(3, given.at().toEpochMilli());
            store.setString(4, given.route());
            store.setString(5, given.model());
            store.setBoolean(6, given.strong());
            store.setString(7, name(given.verdict()));
            store.setString(8, given.comment());
            store.setString(9, given.prompt());
            store.executeUpdate();
        }
    }

    /** Changes verdict and comment of what was given before; false if nothing was. */
    static boolean change(Connection connection, Given given, boolean anyTenant) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setLong(1, given.at().toEpochMilli());
            change.setString(2, name(given.verdict()));
            change.setString(3, given.comment());
            change.setString(4, given.requestId());
            change.setString(5, given.tenant());
            change.setBoolean(6, anyTenant);
            return change.executeUpdate() > 0;
        }
    }

    static List<Given> all(Connection connection) throws SQLException {
        List<Given> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                all.add(new Given(
                        Instant.ofEpochMilli(rows.getLong("at_millis")),
                        rows.getString("request_id"),
                        rows.getString("tenant"),
                        rows.getString("route"),
                        rows.getString("model"),
                        rows.getBoolean("strong"),
                        Verdict.valueOf(rows.getString("verdict").toUpperCase(Locale.ROOT)),
                        rows.getString("comment"),
                        rows.getString("prompt")));
            }
        }
        return all;
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
