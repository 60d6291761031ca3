package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.util.Map;
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
}
