package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

class RedisCacheTierContractTest extends CacheTierContract {
    @RegisterExtension
    static final RedisServerExtension redis = new RedisServerExtension();

    @Override
    protected CacheTier newTier() {
        try (RedisClient client = redis.client()) {
            client.flushAll();
        }
        return redis.tier(Map.of());
    }
}
