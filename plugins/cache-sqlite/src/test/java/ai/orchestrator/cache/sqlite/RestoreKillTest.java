package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a process was killed in the middle of a restore. */
class RestoreKillTest {
    private static final int ENTRIES = 200;

    @TempDir
    Path home;

    @Test
    void findsTheOldFileOrTheNewOneAfterAKill() throws Exception {
        save("one", 1);
        save("two", 2);
        for (int round = 0; round < 6; round++) {
            killInARestore();

            try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
                List<Integer> versions = versions(tier);
                assertThat(versions).hasSize(ENTRIES);
                assertThat(versions.stream().distinct()).hasSize(1);
                Eventually.await("the file to be open", () -> tier.health().equals(Health.up()));
            }
            assertThat(namesIn("data"))
                    .contains("cache.sqlite")
                    .allMatch(name -> name.equals("cache.sqlite") || name.startsWith("cache.sqlite.replaced-"));
            removeReplacedFiles();
        }
    }

    @Test
    void endsAReplacementThatBrokeOffBetweenTheTwoFiles() throws Exception {
        save("one", 1);
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            tier.put(KillVictim.key(7), KillVictim.entry(7, 2), TestTiers.LONG);
        }
        Path data = home.resolve("data");
        Files.move(data.resolve("cache.sqlite"), data.resolve("cache.sqlite.replaced-20261129T000000.000Z"));
        Files.copy(home.resolve("one"), data.resolve("cache.sqlite.restored"));

        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            assertThat(versions(tier)).hasSize(ENTRIES).containsOnly(1);
        }
        assertThat(namesIn("data"))
                .containsExactlyInAnyOrder("cache.sqlite", "cache.sqlite.replaced-20261129T000000.000Z");
    }

    private void killInARestore() throws Exception {
        try (ChildJvm child = ChildJvm.start(RestoreVictim.class, home, "one", "two")) {
            assertThat(child.output().read()).isPositive();
            Thread.sleep(new Random().nextInt(300));
            child.kill();
        }
    }

    private void save(String name, int version) throws Exception {
        Path folder = Files.createDirectory(home.resolve("from-" + name));
        try (DurableCacheTier tier = TestTiers.tier(folder, Map.of())) {
            for (int key = 1000; key < 1000 + ENTRIES; key++) {
                tier.put(KillVictim.key(key), KillVictim.entry(key, version), TestTiers.LONG);
            }
            tier.backup(home.resolve(name), (done, total) -> {});
        }
    }

    private static List<Integer> versions(DurableCacheTier tier) {
        return Stream.iterate(1000, key -> key + 1)
                .limit(ENTRIES)
                .flatMap(key -> tier.get(KillVictim.key(key)).stream())
                .map(entry -> (int) entry.createdAt().toEpochMilli())
                .toList();
    }

    private List<String> namesIn(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void removeReplacedFiles() throws IOException {
        for (String name : namesIn("data")) {
            if (name.contains(".replaced-")) {
                Files.delete(home.resolve("data").resolve(name));
            }
        }
    }
}
