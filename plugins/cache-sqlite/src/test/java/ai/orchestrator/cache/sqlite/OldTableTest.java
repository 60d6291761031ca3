package ai.orchestrator.cache.sqlite;

import static ai.orchestrator.cache.sqlite.TestTiers.LONG;
import static ai.orchestrator.cache.sqlite.TestTiers.entry;
import static ai.orchestrator.cache.sqlite.TestTiers.key;
import static ai.orchestrator.cache.sqlite.TestTiers.sql;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.OldReply;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tier whose file is the older service's own. */
class OldTableTest {
    private static final String KEY = "274a0c2406153d81c432a72ea6aa95b0";
    private static final CacheKey PARSED = CacheKey.parse(KEY);
    private static final String ROWS =
            "SELECT quote(cache_key) || quote(response_json) || quote(created_at) || quote(expires_at) || hits FROM ai_cache";
    private static final OldReply REPLY =
            new OldReply("{\"response\": \"Hello\"}", Instant.ofEpochSecond(1_700_000_000));

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void makeTheOldFile() throws Exception {
        file = home.resolve("ai_cache.sqlite");
        sql(
                file,
                OldFiles.TABLE,
                OldFiles.INDEX,
                "INSERT INTO ai_cache VALUES ('" + KEY + "', '" + REPLY.json() + "', 1700000000, 9999999999, 3)",
                "INSERT INTO ai_cache VALUES ('" + hex(1) + "', '{}', 1, 2, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(2) + "', '{}', NULL, 9999999999, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(3) + "', '{}', 1, NULL, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(4) + "', x'7b7d', 1, 9999999999, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(5) + "', '{}', 'yesterday', 9999999999, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(6) + "', '{}', 1, 9223372036854775807, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(7) + "', '{}', 1, 9500000000.5, 0)",
                "INSERT INTO ai_cache VALUES ('" + hex(8) + "', hex(zeroblob(3000000)), 1, 9999999999, 0)",
                "PRAGMA user_version = 7");
    }

    @Test
    void servesItsRowsWhereTheyAreAndLeavesThemAlone() throws Exception {
        List<String> before = sql(file, ROWS);

        try (DurableCacheTier tier = tier()) {
            assertThat(tier.oldReply(PARSED)).contains(REPLY);
            for (int i = 1; i <= 8; i++) {
                assertThat(tier.oldReply(CacheKey.parse(hex(i)))).isEmpty();
            }
            assertThat(tier.get(PARSED)).isEmpty();
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.get(key(1))).contains(entry("one"));
        }

        assertThat(sql(file, ROWS)).isEqualTo(before);
        assertThat(sql(file, "SELECT sql FROM sqlite_schema WHERE name = 'ai_cache'"))
                .containsExactly(OldFiles.TABLE);
        assertThat(sql(file, "SELECT name FROM sqlite_schema WHERE name = 'ai_cache_expires'"))
                .hasSize(1);
    }

    @Test
    void endsTheServingOfItsRowsWithAllEntriesForGood() throws Exception {
        List<String> before = sql(file, ROWS);
        try (DurableCacheTier tier = tier()) {
            tier.put(key(1), entry("one"), LONG);
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isOne();
            assertThat(tier.oldReply(PARSED)).contains(REPLY);

            tier.removeAll(new CacheSelector.All());
            assertThat(tier.oldReply(PARSED)).isEmpty();
        }
        try (DurableCacheTier tier = tier()) {
            assertThat(tier.oldReply(PARSED)).isEmpty();
            assertThat(tier.backup(home.resolve("b"), (done, total) -> {}).oldReplies())
                    .isZero();
        }
        assertThat(sql(file, ROWS)).isEqualTo(before);
    }

    @Test
    void savesItsRowsAsOnesThatWereTakenOver() throws Exception {
        try (DurableCacheTier tier = tier();
                DurableCacheTier other = TestTiers.tier(home, Map.of())) {
            assertThat(tier.backup(home.resolve("b"), (done, total) -> {}).oldReplies())
                    .isOne();
            other.restore(home.resolve("b"), entry -> true, (done, total) -> {});

            assertThat(other.oldReply(PARSED)).contains(REPLY);
        }
    }

    @Test
    void takesItsRowsOverFromTheFileItIsItself() throws Exception {
        try (DurableCacheTier tier = tier()) {
            tier.removeAll(new CacheSelector.All());

            assertThat(tier.importOldReplies(file, json -> true, (done, total) -> {}))
                    .isEqualTo(new DurableCacheTier.Imported(1, 1, 7));
            assertThat(tier.oldReply(PARSED)).contains(REPLY);
        }
    }

    @Test
    void doesNotCountItsPagesAgainstTheLimit() throws Exception {
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of("path", "ai_cache.sqlite", "max_size", "1MB"))) {
            for (int i = 0; i < 40; i++) {
                tier.put(key(i), entry(10_000), LONG);
            }
            Eventually.await("the count", () -> tier.usage().entries() == 40);
            assertThat(tier.usage().bytes()).isBetween(400_000L, 600_000L);
            for (int i = 40; i < 300; i++) {
                tier.put(key(i), entry(10_000), LONG);
            }

            Eventually.await(
                    "evictions",
                    () -> tier.usage().evictions() > 0 && tier.usage().bytes() <= 1 << 20);
            assertThat(tier.usage().entries()).isGreaterThan(50);
            assertThat(tier.oldReply(PARSED)).contains(REPLY);
        }
        // the other program's file does not shrink by itself, and does not grow either
        assertThat(Files.size(file)).isBetween(6L << 20, 9L << 20);
    }

    @Test
    void saysThatTheFileDoesNotShrink() throws Exception {
        try (DurableCacheTier tier = tier()) {
            Eventually.await("the file to be open", () -> tier.health().state() == Health.State.UP);

            assertThat(tier.health().detail())
                    .isEqualTo("The cache file ai_cache.sqlite was made by another program: it stays within its limit, "
                            + "but does not become smaller when entries leave.");
        }
    }

    @Test
    void startsBesideATableOfThatNameThatIsAnothersUse() throws Exception {
        Path others = home.resolve("other.sqlite");
        sql(others, "CREATE TABLE ai_cache (a, b)");

        try (DurableCacheTier tier = TestTiers.tier(home, Map.of("path", "other.sqlite"))) {
            Eventually.await("the file to be refused", () -> tier.health().state() == Health.State.DOWN);
            assertThat(tier.health().detail()).isEqualTo("The cache file other.sqlite belongs to another program.");
        }
    }

    private DurableCacheTier tier() {
        return TestTiers.tier(home, Map.of("path", "ai_cache.sqlite"));
    }

    private static String hex(int number) {
        return new CacheKey(number, 0).toString();
    }
}
