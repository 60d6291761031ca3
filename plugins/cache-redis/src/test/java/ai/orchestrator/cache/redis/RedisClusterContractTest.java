package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.failure;
import static ai.orchestrator.cache.redis.RedisClusterExtension.KEYS;
import static ai.orchestrator.cache.redis.RedisClusterExtension.entries;
import static ai.orchestrator.cache.redis.RedisClusterExtension.keyAtFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import ai.orchestrator.testkit.Eventually;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Protocol.Command;

class RedisClusterContractTest extends CacheTierContract {
    @RegisterExtension
    static final RedisClusterExtension redis = new RedisClusterExtension();

    @Override
    protected CacheTier newTier() {
        redis.flush();
        return Redis.tier(Map.of("url", redis.url()));
    }

    @Test
    void spreadsEntriesOverAllMastersAndFollowsSlotsThatMove() throws Exception {
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url()))) {
            tier.putAll(entries());
            assertThat(redis.masterPorts()).allSatisfy(port -> assertThat((Long) Redis.command(port, Command.DBSIZE))
                    .isGreaterThan(10));

            CacheKey moving = keyAtFirst();
            String name = "orchestrator:cache:entry:" + moving;
            String slot = Integer.toString(RedisClusterExtension.slot(moving));
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
    void needsNoMoreThanTheRightsThatTheDocumentationNames() throws Exception {
        String rights =
                "on >secret ~orchestrator:cache:* -@all +get +set +unlink +scan +getrange +eval +ping +info +dbsize"
                        + " +cluster|slots +asking";
        String[] user = ("SETUSER cache " + rights).split(" ", -1);
        redis.masterPorts().forEach(port -> Redis.command(port, Command.ACL, user));
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url().replace("//", "//cache:secret@")))) {
            tier.putAll(entries());

            assertThat(tier.get(KEYS.get(0))).contains(ENTRY);
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isEqualTo(KEYS.size());
            Eventually.await("a count", () -> tier.usage().entries() >= 0);
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
}
