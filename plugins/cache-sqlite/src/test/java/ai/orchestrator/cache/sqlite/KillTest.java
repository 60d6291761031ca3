package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk after a process was killed in the middle of its work, as by a power cut of its own. */
class KillTest {
    private static final int ROUNDS = 20;

    @TempDir
    Path home;

    private final Random random = new Random();

    @Test
    void opensCleanWithEveryEntryAfterEachOfTwentyKills() throws Exception {
        KillDiary diary = new KillDiary();
        for (int round = 1; round <= ROUNDS; round++) {
            boolean evicting = round % 4 == 0;
            boolean savingToo = round % 3 == 0;

            int before = diary.changes();
            killAtWork(diary, round, evicting ? "2MB" : "10GB", savingToo);

            assertThat(diary.changes()).isGreaterThan(before);
            assertOpensClean(diary, evicting);
            assertNothingIsLeftOver();
            assertBackupsAreWhole();
        }
    }

    private void killAtWork(KillDiary diary, int round, String maxSize, boolean savingToo) throws Exception {
        try (ChildJvm child = ChildJvm.start(KillVictim.class, home, round, maxSize, savingToo)) {
            Thread listener = Thread.ofPlatform().start(() -> {
                try {
                    diary.read(child.output());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            int before = diary.changes();
            Eventually.await("the process to work", () -> diary.changes() > before);
            Thread.sleep(random.nextInt(20, 500));
            child.kill();
            listener.join();
        }
    }

    private void assertOpensClean(KillDiary diary, boolean someWereEvicted) throws Exception {
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            Contents contents = tier.verify(file(), KillVictim::isWhole, (done, total) -> {});
            assertThat(contents.unsound()).isZero();
            assertThat(contents.entries()).isPositive();
            for (int key = 0; key < KillVictim.THREADS * KillVictim.KEYS_A_THREAD; key++) {
                Optional<CacheEntry> found = tier.get(KillVictim.key(key));
                int version = found.map(entry -> (int) entry.createdAt().toEpochMilli())
                        .orElse(0);
                if (version > 0) {
                    assertThat(found).contains(KillVictim.entry(key, version));
                }
                if (version > 0 || !someWereEvicted) {
                    assertThat(diary.possibleVersions(key)).contains(version);
                }
                diary.found(key, version);
            }
            assertThat(tier.health()).isEqualTo(Health.up());
        }
    }

    private void assertNothingIsLeftOver() throws Exception {
        assertThat(names(home.resolve("data"))).containsExactly("cache.sqlite");
        String without = " WHERE NOT EXISTS (SELECT 1 FROM orchestrator_entry e WHERE e.id = ";
        assertThat(sql(file(), "SELECT COUNT(*) FROM orchestrator_body b" + without + "b.id)"))
                .containsExactly("0");
        assertThat(sql(file(), "SELECT COUNT(*) FROM orchestrator_tag t" + without + "t.entry_id)"))
                .containsExactly("0");
    }

    private void assertBackupsAreWhole() throws Exception {
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            for (String name : names(home)) {
                if (name.startsWith("backup-") && !name.endsWith(".partial")) {
                    Contents contents = tier.verify(home.resolve(name), KillVictim::isWhole, (done, total) -> {});
                    assertThat(contents.unsound()).isZero();
                }
                if (name.startsWith("backup-")) {
                    Files.delete(home.resolve(name));
                }
            }
        }
    }

    private Path file() {
        return home.resolve("data/cache.sqlite");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
