package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterContractTest extends CacheTierContract {
    @RegisterExtension
    static final RedisClusterExtension redis = new RedisClusterExtension();

    @Override
    protected CacheTier newTier() {
        redis.flush();
        return Redis.tier(Map.of("url", redis.url()));
    }
}
