package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.CostFigures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The tables of the ledger's file, and how those of older releases become them. */
final class LedgerSchema {
    /** In {@code PRAGMA user_version}; files of the first release have 0. */
    static final int VERSION = 2;

    private static final String CALLS = """
            CREATE TABLE IF NOT EXISTS ledger (
              id INTEGER PRIMARY KEY,
              at_millis INTEGER NOT NULL,
              request_id TEXT NOT NULL,
              tenant TEXT NOT NULL,
              route TEXT NOT NULL,
              model TEXT NOT NULL,
              prompt_tokens INTEGER NOT NULL,
              completion_tokens INTEGER NOT NULL,
              cost_usd TEXT,
              estimated INTEGER NOT NULL
            )""";
    private static final String ASSUMED = "ALTER TABLE ledger ADD COLUMN assumed_usd TEXT";
    private static final String BY_TIME = "CREATE INDEX ledger_at ON ledger (at_millis)";
    private static final String DAYS = """
            CREATE TABLE days (
              day TEXT NOT NULL,
              tenant TEXT NOT NULL,
              route TEXT NOT NULL,
              model TEXT NOT NULL,
              calls INTEGER NOT NULL,
              hits INTEGER NOT NULL,
              shared INTEGER NOT NULL,
              prompt_tokens INTEGER NOT NULL,
              completion_tokens INTEGER NOT NULL,
              spent_usd TEXT NOT NULL,
              assumed_usd TEXT NOT NULL,
              saved_usd TEXT NOT NULL,
              estimated INTEGER NOT NULL,
              unknown INTEGER NOT NULL,
              PRIMARY KEY (day, tenant, route, model)
            ) WITHOUT ROWID""";
    private static final String FEEDBACK = """
            CREATE TABLE feedback (
              id INTEGER PRIMARY KEY,
              request_id TEXT NOT NULL,
              tenant TEXT NOT NULL,
              at_millis INTEGER NOT NULL,
              route TEXT NOT NULL,
              model TEXT NOT NULL,
              strong INTEGER NOT NULL,
              verdict TEXT NOT NULL,
              comment TEXT NOT NULL,
              prompt TEXT NOT NULL,
              UNIQUE (request_id, tenant)
            )""";

    private LedgerSchema() {}

    /** The version of the file's tables. */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.getInt(1);
        }
    }

    /** Makes what is missing; rows stay. To be done in one transaction. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String step : new String[] {CALLS, ASSUMED, BY_TIME, DAYS, FEEDBACK}) {
                statement.execute(step);
            }
            new DaySums(connection).add(sums(statement));
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }

    /** Summed up here, since SQLite would sum money as floating point. */
    private static Map<CostGroup, CostFigures> sums(Statement statement) throws SQLException {
        Map<CostGroup, CostFigures> sums = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT * FROM ledger")) {
            while (rows.next()) {
                LedgerRow row = LedgerRows.read(rows);
                sums.merge(row.group(), row.figures(), CostFigures::plus);
            }
        }
        return sums;
    }
}
