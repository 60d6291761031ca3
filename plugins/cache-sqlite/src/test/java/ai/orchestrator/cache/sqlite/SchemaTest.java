package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    /** The tables of version 1, as it made them, with one entry that a test can look up. */
    private static final String[] VERSION_1 = {
        "PRAGMA auto_vacuum = INCREMENTAL",
        """
        CREATE TABLE orchestrator_entry (
          id INTEGER PRIMARY KEY,
          key BLOB NOT NULL UNIQUE,
          model TEXT NOT NULL,
          scope TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          used_at INTEGER NOT NULL,
          size INTEGER NOT NULL)
        """,
        """
        CREATE TABLE orchestrator_body (
          id INTEGER PRIMARY KEY REFERENCES orchestrator_entry (id) ON DELETE CASCADE,
          body BLOB NOT NULL)
        """,
        """
        CREATE TABLE orchestrator_tag (
          tag TEXT NOT NULL,
          entry_id INTEGER NOT NULL REFERENCES orchestrator_entry (id) ON DELETE CASCADE,
          PRIMARY KEY (tag, entry_id)) WITHOUT ROWID
        """,
        "CREATE INDEX orchestrator_entry_expires ON orchestrator_entry (expires_at)",
        "CREATE INDEX orchestrator_entry_used ON orchestrator_entry (used_at, size)",
        "CREATE INDEX orchestrator_entry_model ON orchestrator_entry (model)",
        "CREATE INDEX orchestrator_tag_entry ON orchestrator_tag (entry_id)",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 1095323459",
        // key(1) and entry("one")
        """
        INSERT INTO orchestrator_entry
        VALUES (5, unhex('0000000000000001fffffffffffffffe'), 'm', 's', 0, 99999999999999, 0, 260)
        """,
        "INSERT INTO orchestrator_body VALUES (5, CAST('one' AS BLOB))",
        "INSERT INTO orchestrator_tag VALUES ('t', 5)"
    };

    private static final String TABLES = "SELECT name || ifnull(sql, '') FROM sqlite_schema ORDER BY name";

    @TempDir
    Path home;

    @Test
    void goesOnWithAFileOfTheFirstVersion() throws Exception {
        Path file = firstVersion("c.sqlite");

        try (DurableCacheTier tier = TestTiers.tier(home, Map.of("path", "c.sqlite"))) {
            assertThat(tier.get(key(1))).contains(entry("one"));
            tier.put(key(2), entry("two"), LONG);
            assertThat(tier.get(key(2))).contains(entry("two"));
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isEqualTo(2);
        }
        assertThat(sql(file, "PRAGMA user_version")).containsExactly("2");
        assertThat(sql(file, TABLES)).isEqualTo(tablesOfANewFile());
    }

    @Test
    void verifiesAndRestoresAFileOfTheFirstVersion() throws Exception {
        Path file = firstVersion("old.sqlite");

        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            assertThat(tier.verify(file, entry("one")::equals, (done, total) -> {}))
                    .isEqualTo(new Contents(1, 3, 0, 0));
            assertThat(tier.restore(file, entry("one")::equals, (done, total) -> {}))
                    .isEqualTo(new Contents(1, 3, 0, 0));
            assertThat(tier.get(key(1))).contains(entry("one"));
            tier.put(key(2), entry("two"), LONG);
        }
        assertThat(sql(file, "PRAGMA user_version")).containsExactly("1");
        assertThat(sql(home.resolve("data/cache.sqlite"), TABLES)).isEqualTo(tablesOfANewFile());
    }

    @Test
    void leavesAFileAsItWasThatCannotBeMigrated() throws Exception {
        Path file = firstVersion("c.sqlite");
        sql(file, "CREATE TABLE orchestrator_state (somebody_elses INTEGER)");
        List<String> before = sql(file, TABLES);

        try (DurableCacheTier tier = TestTiers.tier(home, Map.of("path", "c.sqlite"))) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> tier.get(key(1)));
            assertThat(failure).hasMessage("The cache file c.sqlite cannot be brought from version 1 to 2.");
            assertThat(tier.health()).isEqualTo(Health.down(failure.getMessage()));
            assertThat(sql(file, TABLES)).isEqualTo(before);
            assertThat(sql(file, "PRAGMA user_version")).containsExactly("1");

            sql(file, "DROP TABLE orchestrator_state");
            Eventually.await("the file to be opened", () -> tier.health().equals(Health.up()));
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
    }

    private Path firstVersion(String name) throws SQLException {
        Path file = home.resolve(name);
        sql(file, VERSION_1);
        return file;
    }

    private List<String> tablesOfANewFile() throws Exception {
        CacheFile file = new CacheFile(home.resolve("new.sqlite"));
        file.openForWriting().connection().close();
        return sql(file.path(), TABLES);
    }
}
