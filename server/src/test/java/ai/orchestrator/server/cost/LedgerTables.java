package ai.orchestrator.server.cost;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteDataSource;

/** Looks into a ledger's file. */
final class LedgerTables {
    static final String CALLS =
            "SELECT route, model, prompt_tokens, completion_tokens, cost_usd, estimated FROM ledger ORDER BY id";

    private LedgerTables() {}

    /** Each row's columns with spaces between. */
    static List<String> rows(Path path, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = open(path);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    static void execute(Path path, String... statements) throws SQLException {
        try (Connection connection = open(path);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Does something while nobody else can write the file. */
    static void whileLocked(Path path, Runnable action) throws SQLException {
        try (Connection connection = open(path);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            action.run();
            statement.execute("COMMIT");
        }
    }

    private static Connection open(Path path) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        return source.getConnection();
    }
}
