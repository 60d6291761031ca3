package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Protocol.Command;

class RedisSentinelContractTest extends CacheTierContract {
    @RegisterExtension
    static final RedisSentinelExtension redis = new RedisSentinelExtension();

    @Override
    protected CacheTier newTier() {
        Redis.command(redis.masterPort(), Command.FLUSHALL);
        return Redis.tier(Map.of("url", redis.url()));
    }

    @Test
    void saysWhatIsWrongWithTheUrl() throws Exception {
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url().replace("=main", "=other")))) {
            assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY)))
                    .hasMessage("Redis cannot be found: 127.0.0.1:1 cannot be reached.");
        }
        String sentinel = redis.url().replace("127.0.0.1:1,", "");
        try (CacheTier tier = Redis.tier(Map.of("url", sentinel.replace("=main", "=other")))) {
            assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY)))
                    .hasMessageEndingWith(" knows no master of the name in the url.");
        }
        try (CacheTier tier =
                Redis.tier(Map.of("url", "redis-sentinel://127.0.0.1:" + redis.masterPort() + "?master=main"))) {
            assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY))).hasMessageEndingWith(" is no Sentinel.");
        }
        try (CacheTier tier = Redis.tier(Map.of("url", "redis-cluster://127.0.0.1:" + redis.masterPort()))) {
            assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY)))
                    .hasMessageEndingWith(" is no part of a cluster: the url has to begin with redis:// or rediss://.");
        }
    }
}
