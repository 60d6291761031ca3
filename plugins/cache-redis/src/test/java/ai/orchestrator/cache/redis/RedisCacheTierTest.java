package ai.orchestrator.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

class RedisCacheTierTest {
    @RegisterExtension
    static final RedisServerExtension redis = new RedisServerExtension();

    private static final Duration LONG = Duration.ofHours(1);
    private static final CacheKey KEY = new CacheKey(1, 2);

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

    private static CacheEntry entry(String model, String tag) {
        return new CacheEntry("body".getBytes(UTF_8), Instant.EPOCH, model, "", Set.of(tag));
    }
}
