package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static ai.orchestrator.cache.sqlite.TestTiers.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteFaultsTest {
    @TempDir
    Path home;

    private final LogRecorder log = new LogRecorder(FileState.class);

    @AfterEach
    void stopListening() {
        log.close();
        assertThat(log.lines()).noneMatch(message -> message.contains(home.toString()));
    }

    @Test
    void setsAFileAsideThatIsNoDatabase() throws Exception {
        Files.writeString(home.resolve("c.sqlite"), "somebody's notes".repeat(1000));

        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);

            assertThat(tier.get(key(1))).contains(entry("one"));
            assertThat(tier.health()).isEqualTo(Health.up());
        }
        assertThat(setAside()).singleElement().satisfies(file -> assertThat(Files.readString(file))
                .startsWith("somebody's notes"));
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().getFirst())
                .startsWith("The cache file c.sqlite is no SQLite database; it is kept as c.sqlite.corrupt-");
    }

    @Test
    void isDownWhileTheFileCannotBeMadeAndComesBackByItself() throws Exception {
        Path obstacle = Files.writeString(home.resolve("data"), "a file where the folder should be");

        try (CacheTier tier = tier(home, Map.of())) {
            PluginFailure failure = failureOf(() -> tier.get(key(1)));

            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure).hasMessage("The cache file cache.sqlite cannot be created or opened.");
            assertThat(failureOf(() -> tier.put(key(1), entry("one"), LONG))).isNotNull();
            assertThat(tier.health()).isEqualTo(Health.down(failure.getMessage()));

            Files.delete(obstacle);
            Eventually.await("the folder to be found", () -> tier.health().state() == State.UP);
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void leavesTheDatabaseOfAnotherProgramAlone() throws Exception {
        Path file = home.resolve("c.sqlite");
        sql(file, "PRAGMA application_id = 252006673", "CREATE TABLE a (b)");
        byte[] before = Files.readAllBytes(file);

        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            assertThat(failureOf(() -> tier.get(key(1))))
                    .hasMessage("The cache file c.sqlite belongs to another program.");
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
        }
        assertThat(file).hasBinaryContent(before);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void leavesTheFileOfANewerVersionAlone() throws Exception {
        Path file = home.resolve("c.sqlite");
        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);
        }
        sql(file, "PRAGMA user_version = 99");

        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            assertThat(failureOf(() -> tier.get(key(1))))
                    .hasMessage("The cache file c.sqlite was written by a newer version.");
        }
        assertThat(sql(file, "SELECT COUNT(*) FROM orchestrator_entry")).containsExactly("1");
        assertThat(setAside()).isEmpty();
    }

    @Test
    void goesOnReadingWhenTheDiskIsFull() throws Exception {
        // the driver hands what follows the question mark to SQLite, whose own limit acts as a full disk does
        CacheFile full = new CacheFile(home.resolve("c.sqlite?max_page_count=100"));
        try (CacheTier tier = tier(full, 1L << 30)) {
            tier.put(key(1), entry("one"), LONG);

            PluginFailure failure = failureOf(() -> tier.put(key(2), entry(500_000), LONG));

            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(failure.getMessage()).endsWith(" cannot grow: no space is left on its disk.");
            assertThat(tier.health()).isEqualTo(Health.degraded(failure.getMessage()));
            assertThat(tier.get(key(1))).contains(entry("one"));
            assertThat(tier.get(key(2))).isEmpty();
            assertThat(tier.usage().entries()).isOne();

            tier.put(key(3), entry(1000), LONG);
            assertThat(tier.health()).isEqualTo(Health.up());
            assertThat(tier.removeAll(new CacheSelector.All())).isEqualTo(2);
        }
    }

    @Test
    void comesBackByItselfWhenThereIsRoomAgain() throws Exception {
        CacheFile full = new CacheFile(home.resolve("c.sqlite?max_page_count=100"));
        try (CacheTier tier = tier(full, 1L << 30)) {
            failureOf(() -> tier.put(key(2), entry(500_000), LONG));
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);

            Eventually.await("a probe to succeed", () -> tier.health().equals(Health.up()));
        }
    }

    @Test
    void isDownWhereNoFileCanBeMade() {
        // a folder in which nobody can make a file, whatever user runs this
        try (CacheTier tier = tier(home, Map.of("path", "/proc/cache.sqlite"))) {
            PluginFailure failure = failureOf(() -> tier.put(key(1), entry("one"), LONG));

            assertThat(failure).hasMessage("The cache file cache.sqlite cannot be created or opened.");
            assertThat(failureOf(() -> tier.get(key(1)))).hasMessage(failure.getMessage());
            assertThat(tier.health()).isEqualTo(Health.down(failure.getMessage()));
        }
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void isDownWhileItsLogCannotBeMadeAndComesBackByItself() throws Exception {
        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);
        }
        Path obstacle = Files.createDirectory(home.resolve("c.sqlite-wal"));

        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            PluginFailure failure = failureOf(() -> tier.get(key(1)));
            assertThat(failure).hasMessage("The cache file c.sqlite cannot be created or opened.");
            assertThat(tier.health()).isEqualTo(Health.down(failure.getMessage()));

            Files.delete(obstacle);
            Eventually.await("the file to be opened", () -> tier.health().state() == State.UP);
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
    }

    @Test
    void waitsForAnotherProcessAndThenGivesUp() throws Exception {
        Path file = home.resolve("c.sqlite");
        CacheFile other = new CacheFile(file);
        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);
            try (FileWriter locker = new FileWriter(other.openForWriting())) {
                locker.begin();

                PluginFailure failure = failureOf(() -> tier.put(key(2), entry("two"), LONG));

                assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
                assertThat(failure).hasMessage("The cache file c.sqlite is locked by another process.");
                assertThat(tier.health()).isEqualTo(Health.degraded(failure.getMessage()));
                assertThat(tier.get(key(1))).isPresent();
                locker.rollback();
            }
            tier.put(key(2), entry("two"), LONG);
            assertThat(tier.get(key(2))).isPresent();
            assertThat(tier.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void waitsForAProcessThatHasTheFileToItself() throws Exception {
        Path file = home.resolve("c.sqlite");
        try (CacheTier tier = tier(home, Map.of("path", "c.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);
        }
        SQLiteDataSource data = new SQLiteDataSource();
        data.setUrl("jdbc:sqlite:" + file);
        try (CacheTier tier = lockedOut(data)) {
            Eventually.await("the file to be opened", () -> tier.health().equals(Health.up()));
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
        assertThat(setAside()).isEmpty();
    }

    private CacheTier lockedOut(SQLiteDataSource data) throws Exception {
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
            CacheTier tier = tier(home, Map.of("path", "c.sqlite"));
            Eventually.await("the file to be found locked", () -> tier.health().state() == State.DOWN);
            assertThat(tier.health().detail()).isEqualTo("The cache file c.sqlite is locked by another process.");
            return tier;
        }
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().contains(".corrupt-"))
                    .toList();
        }
    }

    private static PluginFailure failureOf(Runnable call) {
        return catchThrowableOfType(PluginFailure.class, call::run);
    }
}
