package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static ai.orchestrator.cache.sqlite.TestTiers.tier;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void sharesAFileWithTheOldTableAndLeavesThatAlone() throws Exception {
        Path file = home.resolve("ai_cache.sqlite");
        String table =
                "CREATE TABLE ai_cache (cache_key TEXT PRIMARY KEY, response_json TEXT NOT NULL, created_at INTEGER, expires_at INTEGER, hits INTEGER)";
        sql(
                file,
                table,
                "CREATE INDEX ai_cache_expires ON ai_cache (expires_at)",
                "INSERT INTO ai_cache VALUES ('274a0c2406153d81c432a72ea6aa95b0', '{}', 1, 2, 3)",
                "PRAGMA user_version = 7");

        try (CacheTier tier = tier(home, Map.of("path", "ai_cache.sqlite"))) {
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.get(key(1))).contains(entry("one"));
            assertThat(tier.removeAll(new CacheSelector.All())).isOne();
        }

        assertThat(sql(file, "SELECT cache_key || response_json || created_at || expires_at || hits FROM ai_cache"))
                .containsExactly("274a0c2406153d81c432a72ea6aa95b0{}123");
        assertThat(sql(file, "SELECT sql FROM sqlite_schema WHERE name = 'ai_cache'"))
                .containsExactly(table);
        assertThat(sql(file, "SELECT name FROM sqlite_schema WHERE name = 'ai_cache_expires'"))
                .hasSize(1);
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
