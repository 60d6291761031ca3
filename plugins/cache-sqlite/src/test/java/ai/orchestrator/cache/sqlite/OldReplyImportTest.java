package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.testkit.DurableTierFixture.OldRow;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Files of the older service's that are not as they should be. */
class OldReplyImportTest {
    private static final int ROWS = 400;

    @TempDir
    Path home;

    private DurableCacheTier tier;
    private Path old;

    @BeforeEach
    void open() throws Exception {
        tier = TestTiers.tier(home, Map.of());
        old = home.resolve("old.sqlite");
    }

    @AfterEach
    void close() {
        tier.close();
    }

    @Test
    void countsRowsThatAreNoReplies() throws Exception {
        String later = ", 1, 9999999999, 0)";
        sql(
                old,
                OldFiles.TABLE.replace("TEXT NOT NULL", "TEXT"),
                "INSERT INTO ai_cache VALUES ('" + hex(1) + "', '{}'" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(0xAB).toUpperCase(Locale.ROOT) + "', '{}'" + later,
                "INSERT INTO ai_cache VALUES (NULL, '{}'" + later,
                "INSERT INTO ai_cache VALUES ('', '{}'" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(2) + "0', '{}'" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(3).replace('0', 'g') + "', '{}'" + later,
                "INSERT INTO ai_cache VALUES (CAST('" + hex(4) + "' AS BLOB), '{}'" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(5) + "', NULL" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(6) + "', x'00ff'" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(7) + "', hex(zeroblob(3000000))" + later,
                "INSERT INTO ai_cache VALUES ('" + hex(8) + "', '{}', NULL, NULL, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(9) + "', '{}', 'a', 'b', 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(10) + "', '{}', 1, 1e300, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(11) + "', '{}', 1, 9223372036854775807, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(12) + "', '{}', 1, -5, 0)");

        assertThat(importOld()).isEqualTo(new Imported(2, 1, 12));
        assertThat(tier.oldReply(CacheKey.parse(hex(1)))).isPresent();
        assertThat(tier.oldReply(CacheKey.parse(hex(0xAB)))).isPresent();
    }

    @Test
    void takesOverWhatCanBeReachedOfADamagedFile() throws Exception {
        OldFiles.write(old, rows());
        List<String> leaves = sql(
                old,
                "SELECT pageno FROM dbstat WHERE name = 'ai_cache' AND pagetype = 'leaf' AND ncell > 0 ORDER BY path");
        assertThat(leaves).hasSizeGreaterThan(10);
        DamagedFiles.overwritePage(old, Integer.parseInt(leaves.get(3)));
        DamagedFiles.overwritePage(old, Integer.parseInt(leaves.get(7)));
        byte[] before = Files.readAllBytes(old);

        Imported imported = importOld();

        assertThat(imported.imported()).isBetween(ROWS * 6L / 10, ROWS - 2L);
        assertThat(imported.imported() + imported.unreadable()).isEqualTo(ROWS);
        long found = rows().stream()
                .filter(row -> tier.oldReply(CacheKey.parse(row.key())).isPresent())
                .count();
        assertThat(found).isEqualTo(imported.imported());
        assertThat(old).hasBinaryContent(before);
    }

    @Test
    void takesOverWhatIsLeftOfAFileThatIsCutOff() throws Exception {
        OldFiles.write(old, rows());
        byte[] whole = Files.readAllBytes(old);
        Files.write(old, Arrays.copyOf(whole, whole.length / 2 / 4096 * 4096));

        Imported imported = importOld();

        assertThat(imported.imported()).isBetween(20L, ROWS * 8L / 10);
        assertThat(imported.unreadable()).isPositive();
    }

    @Test
    void readsWhatACrashLeftInALog() throws Exception {
        leaveInALog("-wal");
        byte[] before = Files.readAllBytes(old);
        byte[] log = Files.readAllBytes(home.resolve("old.sqlite-wal"));

        assertThat(importOld()).isEqualTo(new Imported(ROWS, 0, 0));

        assertThat(old).hasBinaryContent(before);
        assertThat(home.resolve("old.sqlite-wal")).hasBinaryContent(log);
    }

    @Test
    void readsWhatACrashLeftInALogThatCannotBeReadWhereItIs() throws Exception {
        leaveInALog("-wal");
        Files.createDirectory(home.resolve("old.sqlite-shm")); // as good as a folder that may not be written
        byte[] before = Files.readAllBytes(old);

        assertThat(importOld()).isEqualTo(new Imported(ROWS, 0, 0));

        assertThat(old).hasBinaryContent(before);
        assertThat(TestTiers.names(home.resolve("data")))
                .containsOnly("cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm");
    }

    @Test
    void takesBackWhatACrashLeftHalfDone() throws Exception {
        OldFiles.write(old, rows());
        Path source = home.resolve("live.sqlite");
        Files.copy(old, source);
        SQLiteDataSource data = new SQLiteDataSource();
        data.setUrl("jdbc:sqlite:" + source);
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = 5");
            statement.execute("PRAGMA cache_spill = 5");
            statement.execute("BEGIN");
            statement.execute("UPDATE ai_cache SET response_json = 'never committed'");
            Files.copy(source, old, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(home.resolve("live.sqlite-journal"), home.resolve("old.sqlite-journal"));
        }

        assertThat(tier.importOldReplies(old, json -> json.startsWith("{"), (done, total) -> {}))
                .isEqualTo(new Imported(ROWS, 0, 0));
    }

    @Test
    void doesNotMakeALogBesideAFileThatHasNone() throws Exception {
        OldFiles.write(old, rows());
        sql(old, "PRAGMA journal_mode = WAL");
        List<String> before = TestTiers.names(home);

        assertThat(importOld().imported()).isEqualTo(ROWS);

        assertThat(TestTiers.names(home)).isEqualTo(before);
    }

    @Test
    void dropsWhatItTookOverWhenItsTimeIsOver() throws Exception {
        long soon = System.currentTimeMillis() / 1000 + 2;
        OldFiles.write(old, List.of(new OldRow(hex(1), "{}", 1, soon), new OldRow(hex(2), "{}", 1, soon + 3600)));
        importOld();

        Eventually.await("the reply to expire", () -> tier.oldReply(CacheKey.parse(hex(1)))
                .isEmpty());
        Eventually.await("the sweep", () -> count() == 1);
        assertThat(tier.oldReply(CacheKey.parse(hex(2)))).isPresent();
    }

    @Test
    void countsWhatItTookOverAgainstTheLimit() throws Exception {
        List<OldRow> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(new OldRow(hex(i), "{" + "x".repeat(10_000) + "}", 1, 9_999_999_999L));
        }
        OldFiles.write(old, rows);
        try (DurableCacheTier small = TestTiers.tier(home, Map.of("path", "small.sqlite", "max_size", "2MB"))) {
            assertThat(small.importOldReplies(old, json -> true, (done, total) -> {}))
                    .isEqualTo(new Imported(500, 0, 0));

            Eventually.await("room to be made", () -> small.usage().bytes() < 2 << 20);
            assertThat(small.oldReply(CacheKey.parse(hex(0)))).isEmpty();
            assertThat(small.oldReply(CacheKey.parse(hex(499)))).isPresent();
        }
    }

    private long count() {
        try {
            return Long.parseLong(sql(home.resolve("data/cache.sqlite"), "SELECT COUNT(*) FROM orchestrator_old_reply")
                    .getFirst());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Copies a file while it is in use, so that the newest rows are in its log alone. */
    private void leaveInALog(String companion) throws Exception {
        Path source = home.resolve("live.sqlite");
        sql(source, "PRAGMA journal_mode = WAL", OldFiles.TABLE, OldFiles.INDEX);
        SQLiteDataSource data = new SQLiteDataSource();
        data.setUrl("jdbc:sqlite:" + source);
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            for (OldRow row : rows()) {
                statement.execute(
                        "INSERT INTO ai_cache VALUES ('" + row.key() + "', '" + row.json() + "', 1, 9999999999, 0)");
            }
            Files.copy(source, old);
            Files.copy(home.resolve("live.sqlite" + companion), home.resolve("old.sqlite" + companion));
        }
    }

    private Imported importOld() {
        return tier.importOldReplies(old, json -> true, (done, total) -> {});
    }

    private static List<OldRow> rows() {
        List<OldRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new OldRow(hex(i), "{\"response\": \"" + "text ".repeat(50) + i + "\"}", 1, 9_999_999_999L));
        }
        return rows;
    }

    private static String hex(int number) {
        return new CacheKey(number * 0x9E3779B97F4A7C15L, number).toString();
    }
}
