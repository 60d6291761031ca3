package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The ledger's SQLite file, written by one platform thread in batches. When the queue is full a request waits: no booking is dropped. Bookings
 * that the file does not take are logged instead, each in full.
 */
public final class LedgerFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final int QUEUE = 10_000;
    private static final String SCHEMA = """
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
    private static final String INSERT = """
            INSERT INTO ledger
              (at_millis, request_id, tenant, route, model, prompt_tokens, completion_tokens, cost_usd, estimated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final BlockingQueue<LedgerRow> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Path path;
    private final Thread writer;
    private volatile boolean closed;

    /** @param path is made when the first row comes, and kept from then on */
    public LedgerFile(Path path) {
        this.path = path;
        this.writer = Thread.ofPlatform().name("ledger").daemon().start(this::run);
    }

    void append(LedgerRow row) {
        try {
            queue.put(row);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("not booked: {}", row);
        }
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        @Nullable Connection connection = null;
        List<LedgerRow> batch = new ArrayList<>();
        while (next(batch)) {
            try {
                if (connection == null) {
                    connection = open();
                }
                write(connection, batch);
            } catch (SQLException e) {
                LOG.error("the ledger {} cannot be written: {}", path.getFileName(), e.getMessage());
                batch.forEach(row -> LOG.error("not booked: {}", row));
                connection = close(connection);
            }
            batch.clear();
        }
        close(connection);
    }

    /** Waits for rows; false when there are none and there will be none. */
    private boolean next(List<LedgerRow> batch) {
        if (!closed) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                // closed: what waits is still written
            }
        }
        queue.drainTo(batch);
        return !batch.isEmpty();
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000);
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private static void write(Connection connection, List<LedgerRow> rows) throws SQLException {
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
                insert.setBoolean(9, row.estimated());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static @Nullable Connection close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("the ledger did not close cleanly: {}", e.getMessage());
            }
        }
        return null;
    }
}
