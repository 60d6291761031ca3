package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

class RedisSentinelFailoverTest {
    private static final CacheKey OTHER_KEY = new CacheKey(3, 4);

    private final RedisSentinelExtension redis = new RedisSentinelExtension();

    @AfterEach
    void stop() {
        redis.stop();
    }

    @Test
    void followsTheMasterAndOutlivesTheSentinels() throws Exception {
        redis.start();
        try (LogRecorder log = new LogRecorder(Reachability.class);
                CacheTier tier = Redis.tier(Map.of("url", redis.url(), "timeout", "500ms", "deadline", "500ms"))) {
            tier.put(KEY, ENTRY, LONG);
            Redis.command(redis.masterPort(), Command.WAIT, "1", "10000");
            redis.killMaster();

            failure(FailureCode.UNAVAILABLE, () -> tier.put(KEY, ENTRY, LONG));
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
            Eventually.await(
                    "the replica to be the master", () -> Redis.succeeds(() -> tier.put(OTHER_KEY, ENTRY, LONG)));

            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.get(OTHER_KEY)).contains(ENTRY);
            Eventually.await(
                    "the old master to be forgotten", () -> tier.health().state() == State.UP);
            assertThat(log.lines())
                    .containsSubsequence(
                            "Redis at 127.0.0.1:" + redis.masterPort()
                                    + " cannot be reached. Answers are not shared through it until that is over.",
                            "Redis at 127.0.0.1:" + redis.replicaPort() + " answers");

            redis.killSentinel();
            Eventually.await(
                    "the loss of the Sentinel to be noticed",
                    () -> tier.health().detail().startsWith("Redis cannot be found: 127.0.0.1:1 cannot be reached."));
            assertThat(tier.health().state()).isEqualTo(State.UP);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
    }

    @Test
    void isCreatedWithoutSentinelsAndWorksOnceTheyAreThere() throws Exception {
        try (CacheTier tier = Redis.tier(Map.of("url", redis.url()))) {
            failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY));
            assertThat(tier.health().state()).isEqualTo(State.DOWN);

            redis.start();

            Eventually.await(
                    "the master to be found without a call", () -> tier.health().state() == State.UP);
            tier.put(KEY, ENTRY, LONG);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
    }
}
