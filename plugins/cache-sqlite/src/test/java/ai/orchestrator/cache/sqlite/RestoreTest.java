package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.names;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.testkit.LogRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final Progress QUIET = (done, total) -> {};

    @TempDir
    Path home;

    private DurableCacheTier tier;

    @BeforeEach
    void open() {
        tier = TestTiers.tier(home, Map.of());
        tier.put(key(1), entry("one"), LONG);
    }

    @AfterEach
    void close() {
        tier.close();
    }

    @Test
    void keepsTheFileBeforeUnderAnotherName() throws Exception {
        tier.backup(home.resolve("b"), QUIET);
        tier.put(key(2), entry("two"), LONG);

        try (LogRecorder log = new LogRecorder(FileState.class)) {
            tier.restore(home.resolve("b"), entry -> true, QUIET);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .matches("The cache file cache\\.sqlite holds what b held; "
                            + "the one before is kept as cache\\.sqlite\\.replaced-\\S+Z\\.");
        }

        assertThat(tier.get(key(2))).isEmpty();
        List<String> kept = names(home.resolve("data")).stream()
                .filter(name -> name.contains(".replaced-"))
                .toList();
        assertThat(kept).hasSize(1);
        tier.restore(home.resolve("data").resolve(kept.getFirst()), entry -> true, QUIET);
        assertThat(tier.get(key(2))).contains(entry("two"));
        assertThat(names(home.resolve("data"))).noneMatch(name -> name.contains("restor"));
        assertThat(tier.health()).isEqualTo(Health.up());
    }

    @Test
    void verifiesAFileOfALogWithoutWritingBesideIt() throws Exception {
        tier.close();
        Path folder = Files.createDirectory(home.resolve("copies"));
        Files.copy(home.resolve("data/cache.sqlite"), folder.resolve("copy"));
        tier = TestTiers.tier(home, Map.of());

        assertThat(tier.verify(folder.resolve("copy"), entry -> true, (done, total) -> assertOnly(folder, "copy"))
                        .entries())
                .isOne();

        assertOnly(folder, "copy");
    }

    private static void assertOnly(Path folder, String name) {
        try {
            assertThat(names(folder)).containsExactly(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesAFileThatWasCopiedWhileItWasInUse() throws Exception {
        for (int i = 2; i < 100; i++) {
            tier.put(key(i), entry(i * 100), LONG);
        }
        Path data = home.resolve("data");
        Files.copy(data.resolve("cache.sqlite"), home.resolve("copy"));
        Files.copy(data.resolve("cache.sqlite-wal"), home.resolve("copy-wal"));
        byte[] before = Files.readAllBytes(home.resolve("copy"));
        Path otherHome = Files.createDirectory(home.resolve("other"));

        try (DurableCacheTier other = TestTiers.tier(otherHome, Map.of())) {
            assertThat(other.restore(home.resolve("copy"), entry -> true, QUIET).entries())
                    .isEqualTo(99);
            assertThat(other.get(key(99))).contains(entry(9900));
        }
        assertThat(home.resolve("copy")).hasBinaryContent(before);
    }

    @Test
    void takesTheFileOfATierThatIsInUse() throws Exception {
        Path otherHome = Files.createDirectory(home.resolve("other"));
        try (DurableCacheTier other = TestTiers.tier(otherHome, Map.of())) {
            other.restore(home.resolve("data/cache.sqlite"), entry -> true, QUIET);

            assertThat(other.get(key(1))).contains(entry("one"));
        }
        assertThat(tier.get(key(1))).contains(entry("one"));
    }

    @Test
    void saysWhatIsWrongWithAFileAndReplacesNothing() throws Exception {
        tier.backup(home.resolve("newer"), QUIET);
        sql(home.resolve("newer"), "PRAGMA user_version = 99");
        sql(home.resolve("others"), "PRAGMA application_id = 252006673", "CREATE TABLE a (b)");
        sql(home.resolve("nobodys"), "CREATE TABLE a (b)");
        sql(home.resolve("blank"), "PRAGMA user_version = 1");
        sql(home.resolve("oldservices"), OldFiles.TABLE);
        tier.backup(home.resolve("damaged"), QUIET);
        String root = sql(
                        home.resolve("damaged"),
                        "SELECT rootpage FROM sqlite_schema WHERE name = 'orchestrator_entry_model'")
                .getFirst();
        DamagedFiles.overwritePage(home.resolve("damaged"), Integer.parseInt(root));

        Map<String, String> expected = Map.of(
                "newer", "The file newer was written by a newer version.",
                "others", "The file others belongs to another program.",
                "nobodys", "The file nobodys belongs to another program.",
                "blank", "The file blank is a database, but holds no cache of ours.",
                "oldservices", "The file oldservices is a database, but holds no cache of ours.",
                "damaged", "The file damaged is damaged.");
        expected.forEach((name, message) -> {
            assertThat(failureOf(() -> tier.restore(home.resolve(name), entry -> true, QUIET)))
                    .isInstanceOf(PluginFailure.Permanent.class)
                    .hasMessage(message);
            assertThat(failureOf(() -> tier.verify(home.resolve(name), entry -> true, QUIET)))
                    .hasMessage(message);
        });

        assertThat(tier.get(key(1))).contains(entry("one"));
        assertThat(names(home.resolve("data"))).containsExactly("cache.sqlite", "cache.sqlite-shm", "cache.sqlite-wal");
    }

    @Test
    void leavesAFileAloneThatAnotherProcessHasOpen() throws Exception {
        tier.backup(home.resolve("b"), QUIET);
        tier.put(key(2), entry("two"), LONG);
        try (Connection other = new CacheFile(home.resolve("data/cache.sqlite")).openForReading();
                Statement statement = other.createStatement()) {
            statement.executeQuery("SELECT * FROM orchestrator_entry").close();
            assertThat(failureOf(() -> tier.restore(home.resolve("b"), entry -> true, QUIET)))
                    .hasMessage(
                            "The cache file cache.sqlite is in use by another process, or by a read that takes long.");
        }

        assertThat(tier.get(key(2))).contains(entry("two"));
        assertThat(names(home.resolve("data"))).noneMatch(name -> name.contains("re"));
        tier.restore(home.resolve("b"), entry -> true, QUIET);
        assertThat(tier.get(key(2))).isEmpty();
    }

    @Test
    void needsAFileThatCanBeUsed() throws Exception {
        tier.backup(home.resolve("b"), QUIET);
        Files.writeString(home.resolve("obstacle"), "a file where the folder should be");

        try (DurableCacheTier down = TestTiers.tier(home, Map.of("path", "obstacle/c.sqlite"))) {
            assertThat(failureOf(() -> down.restore(home.resolve("b"), entry -> true, QUIET)))
                    .hasMessage("The cache file c.sqlite cannot be created or opened.");
            assertThat(down.verify(home.resolve("b"), entry -> true, QUIET).entries())
                    .isOne();
        }
    }

    private static PluginFailure failureOf(Runnable call) {
        return catchThrowableOfType(PluginFailure.class, call::run);
    }
}
