package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.names;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.plugin.cache.NewEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Progress QUIET = (done, total) -> {};

    @TempDir
    Path home;

    private DurableCacheTier tier;

    @BeforeEach
    void open() {
        tier = TestTiers.tier(home, Map.of());
        for (int i = 0; i < 700; i++) {
            tier.put(key(i), entry("body " + i), LONG);
        }
    }

    @AfterEach
    void close() {
        tier.close();
    }

    @Test
    void isAFileByItselfOfTheSameTables() throws Exception {
        Path backup = home.resolve("b");
        tier.backup(backup, QUIET);

        String tables = "SELECT name || ifnull(sql, '') FROM sqlite_schema ORDER BY name";
        assertThat(sql(backup, tables)).isEqualTo(sql(home.resolve("data/cache.sqlite"), tables));
        assertThat(sql(backup, "PRAGMA auto_vacuum")).containsExactly("2");
        assertThat(sql(backup, "PRAGMA journal_mode")).containsExactly("delete");
        assertThat(sql(backup, "PRAGMA foreign_key_check")).isEmpty();
        assertThat(names(home)).containsExactly("b", "data");
    }

    @Test
    void isOfOneMomentThoughEntriesChangeMeanwhile() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        Thread changing = Thread.ofPlatform().start(() -> {
            for (int version = 1; !ended.get(); version++) {
                // all three in one transaction, and far from one another in the file
                CacheEntry next = entry("version " + version);
                tier.putAll(List.of(
                        new NewEntry(key(1), next, LONG),
                        new NewEntry(key(350), next, LONG),
                        new NewEntry(key(699), next, LONG)));
            }
        });
        for (int round = 0; round < 5; round++) {
            // the first step gives the changes time to go on
            int changed = round;
            tier.backup(home.resolve("b" + round), (done, total) -> assertThat(tier.get(key(2)))
                    .isPresent());

            Path file = home.resolve("b" + changed);
            assertThat(sql(
                            file,
                            "SELECT COUNT(DISTINCT b.body) FROM orchestrator_body b JOIN orchestrator_entry e USING (id) "
                                    + "WHERE hex(e.key) IN ('" + hex(1) + "', '" + hex(350) + "', '" + hex(699) + "')"))
                    .containsExactly("1");
            assertThat(sql(file, "SELECT COUNT(*) FROM orchestrator_entry")).containsExactly("700");
        }
        ended.set(true);
        changing.join();
    }

    @Test
    void writesOverWhatACrashLeftOfAnother() throws Exception {
        Files.writeString(home.resolve("b.partial"), "half a file");

        assertThat(tier.backup(home.resolve("b"), QUIET).entries()).isEqualTo(700);

        assertThat(names(home)).containsExactly("b", "data");
    }

    @Test
    void saysSoWhereNobodyCanMakeAFile() throws Exception {
        assertThat(failureOf(() -> tier.backup(Path.of("/proc/b"), QUIET)))
                .hasMessage("The file b cannot be created or opened.");
        assertThat(tier.get(key(1))).contains(entry("body 1"));
    }

    @Test
    void onlyOneIsMadeAtATime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Long> first =
                CompletableFuture.supplyAsync(() -> tier.backup(home.resolve("b"), (done, total) -> {
                            begun.countDown();
                            awaitQuietly(release);
                        })
                        .entries());
        begun.await();

        PluginFailure failure = failureOf(() -> tier.backup(home.resolve("c"), QUIET));

        assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
        assertThat(failure).hasMessage("Another backup, restore or import of the cache is under way.");
        tier.put(key(9999), entry("goes on"), LONG);
        assertThat(tier.get(key(9999))).isPresent();
        release.countDown();
        assertThat(first.get()).isEqualTo(700);
        assertThat(names(home)).containsExactly("b", "data");
    }

    @Test
    void endsWhenTheTierIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<PluginFailure> outcome =
                CompletableFuture.supplyAsync(() -> failureOf(() -> tier.backup(home.resolve("b"), (done, total) -> {
                    begun.countDown();
                    awaitQuietly(new CountDownLatch(1));
                })));
        begun.await();

        tier.close();

        assertThat(outcome.get()).hasMessage("The cache file is closed.");
        assertThat(names(home)).containsExactly("data");
        assertThat(names(home.resolve("data"))).containsExactly("cache.sqlite");
    }

    @Test
    void failsWhereTheFileIsDamaged() throws Exception {
        tier.close();
        Path file = home.resolve("data/cache.sqlite");
        List<String> leaves =
                sql(file, "SELECT pageno FROM dbstat WHERE name = 'orchestrator_body' AND pagetype = 'leaf'");
        DamagedFiles.overwritePage(file, Integer.parseInt(leaves.get(1)));
        tier = TestTiers.tier(home, Map.of());

        assertThat(failureOf(() -> tier.backup(home.resolve("b"), QUIET)))
                .hasMessage("The cache file cache.sqlite is damaged.");
        assertThat(names(home)).containsExactly("data");
        assertThat(tier.get(key(1))).contains(entry("body 1"));
    }

    private static String hex(int number) {
        return key(number).toString().toUpperCase(Locale.ROOT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PluginFailure failureOf(Runnable call) {
        return catchThrowableOfType(PluginFailure.class, call::run);
    }
}
