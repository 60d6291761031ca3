package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static ai.orchestrator.cache.sqlite.TestTiers.tier;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheTierTest {
    @TempDir
    Path home;

    @Test
    void keepsEntriesOverARestart() throws Exception {
        try (CacheTier tier = tier(home, Map.of())) {
            tier.put(key(1), entry("one"), LONG);
            tier.put(key(2), entry("two"), LONG);
            tier.put(key(2), entry("second"), LONG);
        }

        try (CacheTier tier = tier(home, Map.of())) {
            assertThat(tier.get(key(1))).contains(entry("one"));
            assertThat(tier.get(key(2))).contains(entry("second"));
            Eventually.await("the count", () -> tier.usage().entries() == 2);
            assertThat(tier.usage().bytes()).isPositive();
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isEqualTo(2);
        }
        assertThat(home.resolve("data")).isDirectoryContaining("glob:**cache.sqlite");
    }

    @Test
    void storesEntriesTogetherWhateverIsInThem() {
        CacheEntry odd =
                new CacheEntry(new byte[] {1}, Instant.MAX, "m\ud800", "s", Set.of("\ud800", "\udc00", "?", "t"));
        List<NewEntry> entries = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            entries.add(new NewEntry(key(i), i == 5 ? odd : entry("body " + i), LONG));
        }
        entries.add(new NewEntry(key(6), entry("the last one counts"), LONG));
        try (CacheTier tier = tier(home, Map.of())) {
            tier.putAll(entries);
            tier.putAll(List.of());

            assertThat(tier.get(key(4))).contains(entry("body 4"));
            assertThat(tier.get(key(5)).orElseThrow().body()).containsExactly(1);
            assertThat(tier.get(key(6))).contains(entry("the last one counts"));
            assertThat(tier.get(key(699))).contains(entry("body 699"));
            Eventually.await("the count", () -> tier.usage().entries() == 700);
        }
    }

    @Test
    void removesExpiredEntriesFromTheFile() throws Exception {
        try (CacheTier tier = tier(home, Map.of())) {
            tier.put(key(0), entry("stays"), LONG);
            for (int i = 1; i <= 250; i++) {
                tier.put(key(i), entry("goes " + i), Duration.ofMillis(1));
            }

            Eventually.await("the sweep", () -> tier.usage().entries() == 1);

            assertThat(tier.usage().evictions()).isZero();
            assertThat(tier.get(key(0))).isPresent();
        }
        Path file = home.resolve("data/cache.sqlite");
        assertThat(sql(file, "SELECT COUNT(*) FROM orchestrator_body")).isEqualTo(List.of("1"));
        assertThat(sql(file, "SELECT COUNT(*) FROM orchestrator_tag")).isEqualTo(List.of("1"));
    }

    @Test
    void staysWithinItsSizeByDroppingTheLeastRecentlyUsed() throws Exception {
        try (CacheTier tier = tier(home, Map.of("max_size", "1MB"))) {
            for (int i = 0; i < 300; i++) {
                tier.put(key(i), entry(10_000), LONG);
            }

            Eventually.await("the file to shrink", () -> tier.usage().bytes() <= 1 << 20);

            assertThat(tier.usage().entries()).isBetween(70L, 104L);
            assertThat(tier.usage().entries() + tier.usage().evictions()).isEqualTo(300);
            assertThat(tier.get(key(0))).isEmpty();
            assertThat(tier.get(key(299))).isPresent();
        }
    }

    @Test
    void keepsTheFileItselfWithinItsSize() throws Exception {
        Path data = home.resolve("data");
        long limit = 6 << 20;
        long highest = 0;
        try (CacheTier tier = tier(home, Map.of("max_size", "6MB"))) {
            for (int round = 0; round < 60; round++) {
                List<NewEntry> entries = new ArrayList<>();
                for (int size : List.of(1 << 18, 300, 4096, 300, 5000, 300, 100_000, 20_000, 300, 300)) {
                    entries.add(new NewEntry(key(round * 10 + entries.size()), entry(size), LONG));
                }
                tier.putAll(entries);
                highest = Math.max(highest, Files.size(data.resolve("cache.sqlite")));
            }
            Eventually.await("the file to shrink", () -> sizes(data) < limit);
        }
        assertThat(highest).isBetween(limit / 2, limit + (1 << 20));
    }

    private static long sizes(Path folder) {
        return folder.resolve("cache.sqlite").toFile().length()
                + folder.resolve("cache.sqlite-wal").toFile().length();
    }

    @Test
    void doesNotKeepAnEntryLargerThanTheWholeCache() throws Exception {
        try (CacheTier tier = tier(home, Map.of("max_size", "100KB"))) {
            tier.put(key(1), entry("one"), LONG);
            tier.put(key(2), entry("two"), LONG);

            tier.put(key(2), entry(100 << 10), LONG);

            assertThat(tier.get(key(2))).isEmpty();
            assertThat(tier.get(key(1))).isPresent();
        }
    }

    @Test
    void givesSpaceBackToTheDisk() throws Exception {
        Path file = home.resolve("data/cache.sqlite");
        try (CacheTier tier = tier(home, Map.of())) {
            for (int i = 0; i < 32; i++) {
                tier.put(key(i), entry(1 << 18), LONG);
            }
            Eventually.await("the file to grow", () -> file.toFile().length() > 4 << 20);

            tier.removeAll(new CacheSelector.All());

            Eventually.await("the file to shrink", () -> file.toFile().length() < 2 << 20);
        }
        assertThat(Files.size(file)).isLessThan(2 << 20);
    }

    @Test
    void leavesNoThreadAndNoLogBehindWhenClosed() throws Exception {
        CacheTier tier = tier(home, Map.of());
        tier.put(key(1), entry("one"), LONG);
        tier.get(key(1));

        tier.close();

        assertThat(home.resolve("data/cache.sqlite-wal")).doesNotExist();
        Eventually.await("the threads to end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("sqlite-cache")));
    }
}
