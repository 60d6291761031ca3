package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.Protocol.Command;

/** By TLS, as a user who has just the rights that the documentation names. */
class RedisTlsContractTest extends CacheTierContract {
    private static final int PORT = RedisProcess.freePort();
    private static final int TLS_PORT = RedisProcess.freePort();

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        List<String> options = new ArrayList<>(TestCertificate.options(TLS_PORT));
        options.add("user cache on >p@ss:w/rd ~orchestrator:cache:* -@all"
                + " +get +set +unlink +scan +getrange +eval +ping +info +dbsize +select");
        redis = RedisProcess.server(PORT, options);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected CacheTier newTier() {
        Redis.command(PORT, Command.FLUSHALL);
        return Redis.tier(Map.of(
                "url",
                "rediss://cache:p%40ss%3Aw%2Frd@localhost:" + TLS_PORT + "/1",
                "timeout",
                "10s",
                "deadline",
                "10s"));
    }
}
