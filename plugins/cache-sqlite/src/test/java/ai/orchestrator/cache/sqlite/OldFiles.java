package ai.orchestrator.cache.sqlite;

import ai.orchestrator.testkit.DurableTierFixture.OldRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteDataSource;

/** Files as the older service made them. */
final class OldFiles {
    static final String TABLE =
            "CREATE TABLE ai_cache (cache_key TEXT PRIMARY KEY, response_json TEXT NOT NULL, created_at INTEGER, expires_at INTEGER, hits INTEGER)";
    static final String INDEX = "CREATE INDEX ai_cache_expires ON ai_cache (expires_at)";

    private OldFiles() {}

    static void write(Path file, List<OldRow> rows) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + SourceFile.uri(file));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(INDEX);
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO ai_cache VALUES (?, ?, ?, ?, 0)")) {
                for (OldRow row : rows) {
                    insert.setString(1, row.key());
                    insert.setString(2, row.json());
                    insert.setLong(3, row.createdAt());
                    insert.setLong(4, row.expiresAt());
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
