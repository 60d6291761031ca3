package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

class RedisClusterTest {
    private static final List<CacheKey> KEYS =
            IntStream.range(0, 90).mapToObj(i -> new CacheKey(i, i)).toList();

    private final RedisClusterExtension redis = new RedisClusterExtension();

    @BeforeEach
    void start() throws Exception {
        redis.start();
    }

    @AfterEach
    void stop() {
        redis.stop();
    }

    @Test
    void spreadsEntriesOverAllMastersAndFollowsSlotsThatMove() throws Exception {
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url()))) {
            tier.putAll(entries());
            assertThat(redis.masterPorts()).allSatisfy(port -> assertThat((Long) Redis.command(port, Command.DBSIZE))
                    .isGreaterThan(10));

            CacheKey moving = keyAtFirst();
            String name = "orchestrator:cache:entry:" + moving;
            String slot = Integer.toString(JedisClusterCRC16.getSlot(name));
            int from = redis.masterPorts().get(0);
            int to = redis.masterPorts().get(1);
            Redis.command(to, Command.CLUSTER, "SETSLOT", slot, "IMPORTING", redis.id(from));
            Redis.command(from, Command.CLUSTER, "SETSLOT", slot, "MIGRATING", redis.id(to));
            Redis.command(from, Command.MIGRATE, "127.0.0.1", Integer.toString(to), name, "0", "5000");
            assertThat(tier.get(moving)).as("asked for at the other master").contains(ENTRY);
            tier.putAll(entries());
            assertThat(tier.get(moving)).contains(ENTRY);

            for (int port : List.of(to, from, redis.masterPorts().get(2))) {
                Redis.command(port, Command.CLUSTER, "SETSLOT", slot, "NODE", redis.id(to));
            }
            assertThat(tier.get(moving)).as("moved").contains(ENTRY);
            tier.putAll(entries());
            KEYS.forEach(key -> assertThat(tier.get(key)).contains(ENTRY));

            assertThat(tier.removeAll(new CacheSelector.ByModel("other"))).isZero();
            assertThat(tier.removeAll(new CacheSelector.ByModel("m"))).isEqualTo(KEYS.size());
            tier.putAll(entries());
            assertThat(tier.removeAll(new CacheSelector.All())).isEqualTo(KEYS.size());
            assertThat(redis.masterPorts()).allSatisfy(port -> assertThat((Long) Redis.command(port, Command.DBSIZE))
                    .isZero());
            Eventually.await("a count", () -> tier.usage().maxBytes() == 3L * 100 * 1024 * 1024);
        }
    }

    @Test
    void goesOnWithTheOtherMastersWhenOneFailsAndThenWithItsReplica() throws Exception {
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url(), "timeout", "500ms", "deadline", "500ms"))) {
            tier.putAll(entries());
            Redis.command(redis.masterPorts().get(0), Command.WAIT, "1", "10000");
            CacheKey lost = keyAtFirst();
            redis.killFirstMaster();

            failure(FailureCode.UNAVAILABLE, () -> tier.get(lost));
            failure(FailureCode.UNAVAILABLE, () -> tier.putAll(entries()));
            assertThat(KEYS)
                    .filteredOn(key -> !isAtFirst(key))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(key -> assertThat(tier.get(key)).contains(ENTRY));
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);

            Eventually.await(
                    "the replica to be a master", () -> Redis.lookUp(tier, lost).isPresent());
            tier.putAll(entries());
            KEYS.forEach(key -> assertThat(tier.get(key)).contains(ENTRY));
            Eventually.await(
                    "the lost master to be forgotten", () -> tier.health().state() == State.UP);
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isEqualTo(KEYS.size());
        }
    }

    @Test
    void saysWhatIsWrongWithTheSettings() throws Exception {
        int port = redis.masterPorts().get(2);
        try (CacheTier tier = Redis.tier(Map.of("url", "redis://127.0.0.1:" + port))) {
            assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(keyAtFirst())))
                    .hasMessage(
                            "Redis is part of a cluster: the url has to begin with redis-cluster:// or rediss-cluster://.");
        }
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Redis.tier(Map.of("url", redis.url(), "prefix", "a{}:")))
                .withMessageStartingWith("prefix: expected no braces");
    }

    private static List<NewEntry> entries() {
        return KEYS.stream().map(key -> new NewEntry(key, ENTRY, LONG)).toList();
    }

    private static CacheKey keyAtFirst() {
        return KEYS.stream().filter(RedisClusterTest::isAtFirst).findFirst().orElseThrow();
    }

    private static boolean isAtFirst(CacheKey key) {
        return JedisClusterCRC16.getSlot("orchestrator:cache:entry:" + key) < 16384 / 3;
    }
}
