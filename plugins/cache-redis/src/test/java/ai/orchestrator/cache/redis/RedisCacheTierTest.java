package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

class RedisCacheTierTest {
    @RegisterExtension
    static final RedisServerExtension redis = new RedisServerExtension();

    private RedisClient client;

    @BeforeEach
    void open() {
        client = redis.client();
        client.flushAll();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void keepsOneKeyForEachEntryAndNothingWithoutAnExpiry() throws Exception {
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, entry("m", "t"), Duration.ofMinutes(5));
            tier.putAll(List.of(new NewEntry(new CacheKey(3, 4), entry("m", "t"), LONG)));

            assertThat(client.keys("*"))
                    .containsExactlyInAnyOrder(
                            "orchestrator:cache:entry:" + KEY, "orchestrator:cache:entry:" + new CacheKey(3, 4))
                    .allSatisfy(key -> assertThat(client.pttl(key)).isPositive());
        }
    }

    @Test
    void sparesEverythingElseWhenAllIsRemoved() throws Exception {
        client.set("orchestrator:budget:a", "10");
        client.set("other", "1");
        client.set("xxcache:entry:00", "1");
        try (CacheTier tier = redis.tier(Map.of());
                CacheTier glob = redis.tier(Map.of("prefix", "*[x]\\?"))) {
            tier.put(KEY, entry("m", "t"), LONG);
            glob.put(KEY, entry("m", "t"), LONG);

            assertThat(glob.removeAll(new CacheSelector.All())).isOne();

            assertThat(glob.get(KEY)).isEmpty();
            assertThat(tier.get(KEY)).isPresent();
            assertThat(tier.removeAll(new CacheSelector.All())).isOne();
            assertThat(client.keys("*"))
                    .containsExactlyInAnyOrder("orchestrator:budget:a", "other", "xxcache:entry:00");
        }
    }

    @Test
    void removesMoreEntriesThanFitIntoOneSlice() throws Exception {
        try (CacheTier tier = redis.tier(Map.of())) {
            for (int i = 0; i < 1300; i++) {
                tier.put(new CacheKey(0, i), entry("m" + i % 2, "t"), LONG);
            }
            for (int i = 0; i < 1300; i += 26) {
                tier.put(new CacheKey(0, i), entry("elsewhere", "u"), LONG);
            }

            assertThat(tier.removeAll(new CacheSelector.ByModel("m0"))).isEqualTo(600);
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isEqualTo(650);
            assertThat(tier.removeAll(new CacheSelector.All())).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{\"response\": \"from another program\"}",
                "\u0001",
                "\u0001\0\0\0\u0011\0\0\0\0",
                "\u0002\0\0"
            })
    void takesAnUnreadableValueForAMissAndDeletesIt(String value) throws Exception {
        String name = "orchestrator:cache:entry:" + KEY;
        client.set(name, value);
        try (CacheTier tier = redis.tier(Map.of())) {
            assertThat(tier.get(KEY)).isEmpty();

            assertThat(client.exists(name)).isFalse();
        }
    }

    @Test
    void takesAnotherTypeOfValueForAMissAndDeletesIt() throws Exception {
        String name = "orchestrator:cache:entry:" + KEY;
        client.rpush(name, "a");
        try (CacheTier tier = redis.tier(Map.of())) {
            assertThat(tier.get(KEY)).isEmpty();

            assertThat(client.exists(name)).isFalse();
            assertThat(tier.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void sharesEntriesBetweenReplicasAndCountsThemInTheBackground() throws Exception {
        try (CacheTier one = redis.tier(Map.of())) {
            one.put(KEY, entry("m", "t"), LONG);
            one.put(new CacheKey(3, 4), entry("m", "t"), LONG);
            try (CacheTier other = redis.tier(Map.of())) {
                assertThat(other.get(KEY)).contains(entry("m", "t"));
                Eventually.await("the first count", () -> other.usage().entries() == 2);
                assertThat(other.usage().bytes()).isPositive();
            }
        }
    }

    @Test
    void takesAValueThatWasRenamedForAMissAndDeletesIt() throws Exception {
        try (CacheTier tier = redis.tier(Map.of("pool_size", 1))) {
            tier.put(new CacheKey(3, 4), entry("m", "t"), LONG);
            client.rename("orchestrator:cache:entry:" + new CacheKey(3, 4), "orchestrator:cache:entry:" + KEY);

            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isZero();
            assertThat(tier.get(KEY)).isEmpty();

            assertThat(client.exists("orchestrator:cache:entry:" + KEY)).isFalse();
            assertThat(tier.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void storesABatchInOrder() throws Exception {
        try (CacheTier tier = redis.tier(Map.of("pool_size", 1))) {
            List<NewEntry> batch = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                batch.add(new NewEntry(new CacheKey(0, i), entry("m" + i, "t"), LONG));
            }
            for (int i = 0; i < 150; i += 2) {
                batch.add(new NewEntry(new CacheKey(0, i), entry("second" + i, "t"), Duration.ofMinutes(1)));
            }

            tier.putAll(batch);
            tier.putAll(List.of());

            for (int i = 0; i < 150; i++) {
                assertThat(tier.get(new CacheKey(0, i))).contains(entry((i % 2 == 0 ? "second" : "m") + i, "t"));
            }
            assertThat(client.ttl("orchestrator:cache:entry:" + new CacheKey(0, 0)))
                    .isBetween(1L, 60L);
        }
    }

    @Test
    void storesLargeEntriesAndReplacesOneThatIsTooLargeByNothing() throws Exception {
        CacheEntry large = new CacheEntry(new byte[6 << 20], Instant.EPOCH, "m", "", Set.of());
        CacheEntry tooLarge = new CacheEntry(new byte[EntryHeader.MAX_VALUE], Instant.EPOCH, "m", "", Set.of());
        CacheKey other = new CacheKey(3, 4);
        try (CacheTier tier = redis.tier(Map.of("timeout", "10s", "deadline", "10s"))) {
            tier.putAll(List.of(
                    new NewEntry(KEY, large, LONG), new NewEntry(other, large, LONG), new NewEntry(KEY, large, LONG)));
            assertThat(tier.get(KEY)).contains(large);
            assertThat(tier.get(other)).contains(large);

            tier.put(KEY, tooLarge, LONG);
            tier.putAll(List.of(
                    new NewEntry(new CacheKey(5, 6), entry("m", "t"), LONG), new NewEntry(other, tooLarge, LONG)));

            assertThat(tier.get(KEY)).isEmpty();
            assertThat(tier.get(other)).isEmpty();
            assertThat(tier.get(new CacheKey(5, 6))).contains(entry("m", "t"));
        }
    }

    @Test
    void removesByModelAndTagWhateverElseIsThere() throws Exception {
        client.rpush("orchestrator:cache:entry:" + new CacheKey(8, 8), "a list");
        client.set("orchestrator:cache:entry:" + new CacheKey(9, 9), "from another program");
        client.set("orchestrator:cache:entry:odd", "x");
        client.set("orchestrator:cache:else", "x");
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, entry("m".repeat(5000), "t"), LONG);
            tier.put(new CacheKey(3, 4), entry("m", "u".repeat(5000)), LONG);

            assertThat(tier.removeAll(new CacheSelector.ByModel("m".repeat(5000))))
                    .isOne();
            assertThat(tier.removeAll(new CacheSelector.ByTag("u".repeat(5000))))
                    .isOne();
            assertThat(client.dbSize()).isEqualTo(4);

            tier.put(KEY, entry("m", "t"), LONG);
            assertThat(tier.removeAll(new CacheSelector.All())).isEqualTo(3);
            assertThat(client.dbSize()).isZero();
        }
    }

    @Test
    void removesAllThatWasThereWhilePutsGoOn() throws Exception {
        try (CacheTier tier = redis.tier(Map.of())) {
            for (int i = 0; i < 1000; i++) {
                tier.put(new CacheKey(1, i), entry("old", "old"), LONG);
            }
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Integer> putting = CompletableFuture.supplyAsync(() -> {
                int i = 0;
                while (!ended.get()) {
                    tier.put(new CacheKey(1, i % 1000), entry("new", "new"), LONG);
                    tier.put(new CacheKey(2, i++), entry("new", "new"), LONG);
                }
                return i;
            });

            long removed = tier.removeAll(new CacheSelector.ByTag("old"));
            ended.set(true);
            int put = putting.join();

            assertThat(tier.removeAll(new CacheSelector.ByTag("old"))).isZero();
            int overwritten = Math.min(put, 1000);
            assertThat(removed).isBetween(1000L - overwritten, 1000L);
            for (int i = 0; i < overwritten; i++) {
                assertThat(tier.get(new CacheKey(1, i))).contains(entry("new", "new"));
            }
            assertThat(tier.removeAll(new CacheSelector.ByTag("new"))).isEqualTo(put + overwritten);
        }
    }

    @Test
    void estimatesTheNumberOfEntriesAmongManyKeys() throws Exception {
        try (Pipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 40_000; i++) {
                pipeline.set(i % 4 == 0 ? "other" + i : "orchestrator:cache:entry:" + new CacheKey(i, i), "x");
            }
        }
        try (CacheTier tier = redis.tier(Map.of())) {
            Eventually.await("a count", () -> tier.usage().entries() > 0);

            assertThat(tier.usage().entries()).isBetween(29_000L, 31_000L);
        }
    }

    private static CacheEntry entry(String model, String tag) {
        return Redis.entry("body", model, tag);
    }
}
