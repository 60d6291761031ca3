package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Takes over the older service's answers from its file. */
final class OldReplyImport {
    private static final int ROWS_A_STEP = 200;
    private static final long BYTES_A_STEP = 4 << 20;

    private final CacheFile cache;
    private final NamedFile source;
    private final Predicate<String> readable;
    private final Steps steps;
    private final long now = System.currentTimeMillis();
    private final List<OldReplyRow> step = new ArrayList<>();
    private long stepBytes;
    private long imported;
    private long expired;
    private long unreadable;

    OldReplyImport(CacheFile cache, NamedFile source, Predicate<String> readable, Steps steps) {
        this.cache = cache;
        this.source = source;
        this.readable = readable;
        this.steps = steps;
    }

    Imported into(FileAccess access) throws IOException {
        SourceFile file = new SourceFile(source);
        try (Connection connection = file.open()) {
            return importFrom(connection, access);
        } catch (SQLException e) {
            if (SourceFile.needsCopy(e)) {
                return intoFromCopy(file, access);
            }
            throw steps.endOf(e, source);
        }
    }

    /** The file has a log that a crash left, in a folder where that cannot be read. */
    private Imported intoFromCopy(SourceFile file, FileAccess access) throws IOException {
        cache.removeScratch();
        try {
            file.copyTo(cache.scratch(), steps);
            try (Connection connection = SourceFile.openCopy(cache.scratch())) {
                return importFrom(connection, access);
            }
        } catch (SQLException e) {
            throw steps.endOf(e, source);
        } catch (IOException e) {
            throw source.failure("cannot be copied", e);
        } finally {
            cache.removeScratch();
        }
    }

    private Imported importFrom(Connection connection, FileAccess access) throws SQLException {
        requireOldTable(connection);
        steps.watch(connection);
        OldTableReader rows = new OldTableReader(connection);
        long total = rows.count();
        steps.at(0, total);
        rows.forEach(row -> {
            take(row);
            if (step.size() >= ROWS_A_STEP || stepBytes >= BYTES_A_STEP) {
                write(access);
            }
            steps.at(expired + unreadable + imported + step.size(), total);
        });
        write(access);
        unreadable += Math.max(rows.damaged(), total - imported - expired - unreadable);
        steps.at(total, total);
        return new Imported(imported, expired, unreadable);
    }

    private void requireOldTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!OldTable.isIn(statement)) {
                throw source.failure(
                        FailureCode.INVALID_REQUEST, "is not the older service's: it has no table ai_cache");
            }
        }
    }

    private void take(OldTableReader.Row row) {
        if (row.json() == null || row.key() == null) {
            unreadable++;
        } else if (row.expiresAt() <= now) {
            expired++;
        } else if (!readable.test(row.json())) {
            unreadable++;
        } else {
            byte[] key = HexFormat.of().parseHex(row.key());
            step.add(new OldReplyRow(key, row.json(), row.createdAt(), row.expiresAt()));
            stepBytes += row.json().length();
        }
    }

    private void write(FileAccess access) {
        if (step.isEmpty()) {
            return;
        }
        List<OldReplyRow> rows = List.copyOf(step);
        access.write(stepBytes, writer -> {
            writer.oldReplies().putAll(rows);
            return true;
        });
        imported += rows.size();
        step.clear();
        stepBytes = 0;
    }
}
