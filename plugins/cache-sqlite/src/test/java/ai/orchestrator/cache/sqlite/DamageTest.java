package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.names;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that a disk has damaged, in one place each. */
class DamageTest {
    private static final int ENTRIES = 300;
    private static final int BODY = 20_000;

    /** Where a file can be damaged so that SQLite notices. */
    enum Place {
        MAGIC,
        SCHEMA,
        INTERIOR_PAGE,
        INDEX_LEAF,
        OVERFLOW_CHAIN,
        FREE_LIST,
        END;

        void damage(Path file) throws Exception {
            switch (this) {
                case MAGIC -> DamagedFiles.overwrite(file, 0, 16);
                case SCHEMA -> DamagedFiles.overwrite(file, 100, 3000);
                case INTERIOR_PAGE -> DamagedFiles.overwritePage(file, page(file, "orchestrator_body", "internal", 0));
                case INDEX_LEAF ->
                    DamagedFiles.overwritePage(file, page(file, "sqlite_autoindex_orchestrator_entry_1", "leaf", 1));
                case OVERFLOW_CHAIN ->
                    DamagedFiles.overwrite(
                            file, (page(file, "orchestrator_body", "overflow", 9) - 1L) * DamagedFiles.PAGE, 4);
                case FREE_LIST -> DamagedFiles.overwritePage(file, firstFreePage(file));
                case END -> {
                    byte[] whole = Files.readAllBytes(file);
                    Files.write(file, Arrays.copyOf(whole, whole.length / 3));
                }
            }
        }

        private static int page(Path file, String table, String type, int number) throws Exception {
            List<String> pages = sql(
                    file,
                    "SELECT pageno FROM dbstat WHERE name = '" + table + "' AND pagetype = '" + type
                            + "' AND path NOT LIKE '%+00000_' OR path LIKE '%+000000' ORDER BY pageno");
            return Integer.parseInt(pages.get(number));
        }

        private static int firstFreePage(Path file) throws Exception {
            int page = ByteBuffer.wrap(Files.readAllBytes(file)).getInt(32);
            assertThat(page).isPositive();
            return page;
        }
    }

    @TempDir
    Path home;

    private final LogRecorder log = new LogRecorder(FileState.class);
    private Path file;

    @BeforeEach
    void makeAFile() throws Exception {
        file = home.resolve("c.sqlite");
        try (DurableCacheTier tier = tier()) {
            for (int i = 0; i < ENTRIES; i++) {
                tier.put(key(i), entry(BODY + i), LONG);
            }
            for (int i = 0; i < 20; i++) {
                tier.remove(key(i));
            }
        }
    }

    @AfterEach
    void stopListening() {
        log.close();
        assertThat(log.lines()).noneMatch(message -> message.contains(home.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void setsTheFileAsideAndGoesOn(Place place) throws Exception {
        place.damage(file);
        List<String> before = log.lines();

        try (DurableCacheTier tier = tier()) {
            Eventually.await("the damage to be found", () -> {
                use(tier);
                return !setAside().isEmpty();
            });
            Eventually.await("a usable file", () -> isStored(tier));

            assertThat(tier.get(key(1))).contains(entry("one"));
            assertThat(tier.health()).isEqualTo(Health.up());
        }
        assertThat(setAside()).singleElement().satisfies(name -> assertThat(home.resolve(name))
                .isNotEmptyFile());
        assertThat(log.lines().subList(before.size(), log.lines().size()))
                .filteredOn(line -> line.contains("is kept as c.sqlite.corrupt-"))
                .singleElement()
                .asString()
                .startsWith("The cache file c.sqlite is ");
    }

    @Test
    void losesNothingButTheEndWhenTheLogIsDamaged() throws Exception {
        Path copy = Files.createDirectory(home.resolve("copy"));
        try (FileWriter writer = new FileWriter(new CacheFile(file).openForWriting())) {
            for (int i = 0; i < 40; i++) {
                writer.begin();
                writer.entries().put(NewRow.of(new NewEntry(key(1000 + i), entry(BODY + i), LONG)));
                writer.commit();
            }
            // as a crash would leave them
            Files.copy(file, copy.resolve("c.sqlite"));
            Files.copy(home.resolve("c.sqlite-wal"), copy.resolve("c.sqlite-wal"));
        }
        Path wal = copy.resolve("c.sqlite-wal");
        DamagedFiles.overwrite(wal, Files.size(wal) / 2, 5000);

        try (DurableCacheTier tier = TestTiers.tier(copy, Map.of("path", "c.sqlite"))) {
            assertThat(tier.get(key(1000))).contains(entry(BODY));
            assertThat(tier.get(key(1039))).isEmpty();
            for (int i = 20; i < ENTRIES; i++) {
                assertThat(tier.get(key(i))).contains(entry(BODY + i));
            }
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
        assertThat(names(copy)).containsExactly("c.sqlite");
    }

    @Test
    void aDamagedRowIsAMissAndNothingElse() throws Exception {
        sql(
                file,
                "PRAGMA ignore_check_constraints = ON",
                "DELETE FROM orchestrator_body WHERE id = (SELECT id FROM orchestrator_entry WHERE key = " + "unhex('"
                        + key(30) + "'))",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, 'model TEXT NOT NULL', 'model TEXT')",
                "PRAGMA writable_schema = RESET",
                "UPDATE orchestrator_entry SET model = NULL WHERE key = unhex('" + key(31) + "')",
                "UPDATE orchestrator_entry SET created_at = 'x' WHERE key = unhex('" + key(32) + "')");

        try (DurableCacheTier tier = tier()) {
            assertThat(tier.get(key(30))).isEmpty();
            assertThat(tier.get(key(31))).isEmpty();
            assertThat(tier.get(key(32))).isPresent();
            assertThat(tier.get(key(33))).contains(entry(BODY + 33));
            tier.put(key(31), entry("anew"), LONG);
            assertThat(tier.get(key(31))).contains(entry("anew"));
            assertThat(tier.health()).isEqualTo(Health.up());
            assertThat(tier.verify(file, entry -> true, (done, total) -> {}).unsound())
                    .isOne();
        }
        assertThat(setAside()).isEmpty();
    }

    @Test
    void anEmptyFileIsAsGoodAsNone() throws Exception {
        Files.write(file, new byte[0]);

        try (DurableCacheTier tier = tier()) {
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.get(key(1))).contains(entry("one"));
        }
        assertThat(setAside()).isEmpty();
    }

    /** Reads all and writes some; nothing but the host's kind of failure may come of it, and no entry that is another's. */
    private static void use(DurableCacheTier tier) {
        for (int i = 20; i < ENTRIES; i++) {
            try {
                int size = BODY + i;
                tier.get(key(i)).ifPresent(found -> assertThat(found.body()).hasSize(size));
            } catch (PluginFailure e) {
                assertThat(e.getMessage()).startsWith("The cache file");
            }
        }
        try {
            tier.put(key(500), entry(40_000), LONG);
            tier.removeAll(new CacheSelector.ByModel("another"));
        } catch (PluginFailure e) {
            assertThat(e.getMessage()).startsWith("The cache file");
        }
    }

    private static boolean isStored(DurableCacheTier tier) {
        try {
            tier.put(key(1), entry("one"), LONG);
            return tier.get(key(1)).isPresent();
        } catch (PluginFailure e) {
            return false;
        }
    }

    private DurableCacheTier tier() {
        return TestTiers.tier(home, Map.of("path", "c.sqlite"));
    }

    private List<String> setAside() {
        try {
            return names(home).stream()
                    .filter(name -> name.matches("c\\.sqlite\\.corrupt-[^-]+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
