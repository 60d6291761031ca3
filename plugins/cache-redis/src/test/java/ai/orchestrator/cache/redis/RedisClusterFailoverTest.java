package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.failure;
import static ai.orchestrator.cache.redis.RedisClusterExtension.KEYS;
import static ai.orchestrator.cache.redis.RedisClusterExtension.entries;
import static ai.orchestrator.cache.redis.RedisClusterExtension.isAtFirst;
import static ai.orchestrator.cache.redis.RedisClusterExtension.keyAtFirst;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

class RedisClusterFailoverTest {
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
}
