package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

class RedisOutageTest {
    private static final CacheKey KEY = new CacheKey(1, 2);
    private static final CacheEntry ENTRY = new CacheEntry(new byte[100], Instant.EPOCH, "m", "", Set.of("t"));
    private static final Duration LONG = Duration.ofHours(1);

    private final RedisServerExtension redis = new RedisServerExtension();
    private final LogRecorder log = new LogRecorder(Reachability.class);

    @AfterEach
    void stop() {
        log.close();
        redis.stop();
    }

    @Test
    void isCreatedWithoutRedisAndWorksOnceItIsThere() throws Exception {
        try (CacheTier tier = redis.tier(Map.of())) {
            PluginFailure failure = failureOf(() -> tier.get(KEY));
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessage("Redis cannot be reached.");
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
            assertThat(tier.health().detail()).isEqualTo("Redis at 127.0.0.1:" + redis.port() + " cannot be reached.");

            redis.start();

            Eventually.await(
                    "Redis to be noticed without a call", () -> tier.health().state() == State.UP);
            tier.put(KEY, ENTRY, LONG);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
    }

    @Test
    void failsWhileRedisIsAwayAndComesBackByItself() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, ENTRY, LONG);
            redis.stop();

            for (int i = 0; i < 20; i++) {
                assertThat(failureOf(() -> tier.get(KEY))).isInstanceOf(PluginFailure.Retriable.class);
                assertThat(failureOf(() -> tier.put(KEY, ENTRY, LONG))).isInstanceOf(PluginFailure.Retriable.class);
            }
            assertThat(tier.health().state()).isEqualTo(State.DOWN);

            redis.start();
            assertThat(tier.get(KEY)).isEmpty();
            assertThat(tier.health().state()).isEqualTo(State.UP);
            tier.put(KEY, ENTRY, LONG);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
        assertThat(log.levels()).containsExactly("INFO", "WARN", "INFO");
    }

    @Test
    void doesNotNoticeARestartBetweenTwoCalls() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, ENTRY, LONG);
            Eventually.await("the first count", () -> tier.usage().entries() >= 0);

            redis.stop();
            redis.start();

            assertThat(tier.get(KEY)).isEmpty();
        }
    }

    @Test
    void givesUpOnAFrozenRedisAfterItsTimeout() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of("timeout", "100ms", "deadline", "100ms"))) {
            Eventually.await("the first contact", () -> tier.health().state() == State.UP);
            redis.command(Protocol.Command.CLIENT, "PAUSE", "1500");

            PluginFailure failure = failureOf(() -> tier.get(KEY));

            assertThat(failure)
                    .isInstanceOf(PluginFailure.Retriable.class)
                    .hasMessage("Redis does not answer in time.");
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
            Eventually.await("the end of the pause", () -> tier.health().state() == State.UP);
        }
    }

    @Test
    void goesOnReadingWhenRedisIsFull() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of());
                RedisClient client = redis.client()) {
            tier.put(KEY, ENTRY, LONG);
            client.configSet("maxmemory-policy", "noeviction");
            client.configSet("maxmemory", "1");

            PluginFailure failure = failureOf(() -> tier.put(KEY, ENTRY, LONG));

            assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);
            assertThat(tier.health().detail()).endsWith(" is full and stores nothing more.");

            client.configSet("maxmemory", "0");
            tier.put(KEY, ENTRY, LONG);
            assertThat(tier.health().state()).isEqualTo(State.UP);
        }
    }

    @Test
    void goesOnReadingFromAReplicaThatTakesNoWrites() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, ENTRY, LONG);
            redis.command(Protocol.Command.REPLICAOF, "127.0.0.1", "1");

            PluginFailure failure = failureOf(() -> tier.put(KEY, ENTRY, LONG));

            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);
        }
    }

    @Test
    void saysThatTheLoginIsRefusedAndKeepsThePasswordToItself() throws Exception {
        redis.start();
        try (RedisClient client = redis.client()) {
            client.configSet("requirepass", "right");
        }
        String url = "redis://:wrong-secret@127.0.0.1:" + redis.port();
        try (CacheTier tier = redis.tier(Map.of("url", url))) {
            PluginFailure failure = failureOf(() -> tier.get(KEY));

            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
            assertThat(failure.getMessage() + tier.health().detail() + log.lines())
                    .doesNotContain("secret");
            assertThat(log.lines()).isNotEmpty();
        }
    }

    @Test
    void goesOnReadingForAUserWhoMayNotWrite() throws Exception {
        redis.start();
        redis.command(Protocol.Command.ACL, "SETUSER", "reader", "on", ">secret", "~*", "+@all", "-set", "-info");
        String url = "redis://reader:secret@127.0.0.1:" + redis.port();
        try (CacheTier tier = redis.tier(Map.of("url", url))) {
            PluginFailure failure = failureOf(() -> tier.put(KEY, ENTRY, LONG));

            assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIALS);
            assertThat(tier.get(KEY)).isEmpty();
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);
            assertThat(tier.usage().bytes()).isEqualTo(-1);
        }
    }

    @Test
    void logsInAsTheUserOfTheUrlAndUsesItsDatabase() throws Exception {
        redis.start();
        redis.command(Protocol.Command.ACL, "SETUSER", "cache", "on", ">p@ss:w/rd", "~*", "+@all");
        String url = "redis://cache:p%40ss%3Aw%2Frd@127.0.0.1:" + redis.port() + "/3";
        try (CacheTier tier = redis.tier(Map.of("url", url));
                RedisClient client = RedisClient.create("redis://127.0.0.1:" + redis.port() + "/3")) {
            tier.put(KEY, ENTRY, LONG);

            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(client.dbSize()).isOne();
        }
    }

    private static PluginFailure failureOf(Runnable call) {
        return catchThrowableOfType(PluginFailure.class, call::run);
    }
}
