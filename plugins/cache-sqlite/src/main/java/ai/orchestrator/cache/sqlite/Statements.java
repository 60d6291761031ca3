package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Statements of one connection, each prepared once. For one thread at a time. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Takes over the connection, and closes it. */
    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The statement with these values for its question marks: integers, texts and bytes. */
    PreparedStatement with(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Long number -> statement.setLong(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default -> throw new IllegalArgumentException("neither a long nor a text nor bytes");
            }
        }
        return statement;
    }

    /** The one number that a statement gives. */
    long number(String sql, Object... values) throws SQLException {
        try (ResultSet row = with(sql, values).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** To be called after a fault: the driver leaves a statement that failed unusable. */
    void forget() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // of no more use in any case
            }
        }
        prepared.clear();
    }

    static byte[] bytes(CacheKey key) {
        return ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).array();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
