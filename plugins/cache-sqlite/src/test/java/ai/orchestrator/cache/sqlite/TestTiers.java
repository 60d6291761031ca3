package ai.orchestrator.cache.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteDataSource;

/** Tiers, entries and the file's own contents, for the tests of this plugin. */
final class TestTiers {
    static final Duration LONG = Duration.ofHours(1);

    private TestTiers() {}

    static DurableCacheTier tier(Path home, Map<String, Object> settings) {
        return (DurableCacheTier)
                new SqliteCacheTierFactory().create(new PluginContext("sqlite", Settings.of(settings), home, "test"));
    }

    /** A tier over this very file. */
    static DurableCacheTier tier(CacheFile file, long maxSize) {
        TierSettings settings = new TierSettings(LONG, maxSize, LONG, LONG);
        return new SqliteCacheTier(new FileKeeper(file, 1, maxSize), settings);
    }

    static CacheKey key(int number) {
        return new CacheKey(number, ~number);
    }

    static CacheEntry entry(String body) {
        return new CacheEntry(body.getBytes(UTF_8), Instant.EPOCH, "m", "s", Set.of("t"));
    }

    static CacheEntry entry(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return new CacheEntry(body, Instant.EPOCH, "m", "s", Set.of());
    }

    /** The names in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Runs statements on the file, beside the tier; returns the first column of what the last one gives. */
    static List<String> sql(Path file, String... statements) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        List<String> rows = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                rows.clear();
                if (statement.execute(sql)) {
                    try (ResultSet result = statement.getResultSet()) {
                        while (result.next()) {
                            rows.add(result.getString(1));
                        }
                    }
                }
            }
        }
        return rows;
    }
}
