package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisOutageTest {
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
            PluginFailure failure = failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY));
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessage("Redis cannot be reached.");
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
                failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY));
                failure(FailureCode.UNAVAILABLE, () -> tier.put(KEY, ENTRY, LONG));
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
    void givesUpOnAFrozenRedisAndComesBackByItself() throws Exception {
        redis.start();
        CacheEntry large = new CacheEntry(new byte[8 << 20], Instant.EPOCH, "m", "", Set.of());
        try (CacheTier tier = redis.tier(Map.of("timeout", "300ms", "deadline", "100ms", "pool_size", 2))) {
            tier.put(KEY, ENTRY, LONG);
            redis.freeze();

            for (int i = 0; i < 6; i++) {
                assertThat(failure(FailureCode.TIMEOUT, () -> tier.get(KEY)))
                        .isInstanceOf(PluginFailure.Retriable.class)
                        .hasMessage("Redis does not answer in time.");
            }
            failure(FailureCode.TIMEOUT, () -> tier.put(KEY, ENTRY, LONG));
            // more than fits into the sockets' buffers, so that sending itself blocks
            failure(FailureCode.TIMEOUT, () -> tier.put(KEY, large, LONG));
            assertThat(tier.health().state()).isEqualTo(State.DOWN);

            redis.thaw();
            Eventually.await(
                    "Redis to be noticed without a call", () -> tier.health().state() == State.UP);
            tier.put(KEY, ENTRY, LONG);
            for (int i = 0; i < 6; i++) {
                assertThat(tier.get(KEY)).contains(ENTRY);
            }
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

            failure(FailureCode.OVERLOADED, () -> tier.put(KEY, ENTRY, LONG));
            failure(FailureCode.OVERLOADED, () -> tier.putAll(List.of(new NewEntry(KEY, ENTRY, LONG))));
            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.health().state()).isEqualTo(State.DEGRADED);
            assertThat(tier.health().detail()).endsWith(" is full and stores nothing more.");
            assertThat(log.linesWith(" is full and stores nothing more. ")).hasSize(1);

            client.configSet("maxmemory", "0");
            tier.put(KEY, ENTRY, LONG);
            assertThat(tier.health().state()).isEqualTo(State.UP);
        }
    }

    @Test
    void comesBackAfterThePasswordWasChangedForAWhile() throws Exception {
        redis.start();
        try (RedisClient client = redis.client()) {
            client.configSet("requirepass", "right");
        }
        String port = ":" + redis.port();
        try (CacheTier tier = redis.tier(Map.of("url", "redis://:right@127.0.0.1" + port, "pool_size", 2));
                RedisClient admin = RedisClient.create("redis://:right@127.0.0.1" + port)) {
            tier.put(KEY, ENTRY, LONG);
            admin.configSet("requirepass", "other");
            admin.executeCommand(new CommandArguments(Protocol.Command.CLIENT)
                    .add("KILL")
                    .add("TYPE")
                    .add("normal"));

            for (int i = 0; i < 6; i++) {
                assertThat(failure(FailureCode.CREDENTIALS, () -> tier.get(KEY)))
                        .isInstanceOf(PluginFailure.Permanent.class)
                        .hasMessage("Redis refuses the configured user or password.");
            }
            assertThat(tier.health().state()).isEqualTo(State.DOWN);

            admin.configSet("requirepass", "right");
            Eventually.await("recovery without a call", () -> tier.health().state() == State.UP);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
    }

    @Test
    void neverConnectsAConnectionAnewAsNobodyAndToAnotherDatabase() throws Exception {
        redis.start();
        RedisAddress address = RedisUrl.parse(redis.url() + "/3", RedisLogin.NONE);
        Duration patience = Duration.ofSeconds(2);
        GuardedConnection connection = new ConnectionMaker(
                        Redis.local(redis.port()),
                        ClientConfigs.of(address, patience).servers(),
                        patience)
                .create();
        assertThat(connection.call(Commands.size(), patience)).isZero();
        connection.abort();

        assertThatExceptionOfType(JedisConnectionException.class)
                .isThrownBy(() -> connection.call(Commands.size(), patience));
    }

    @Test
    void saysThatAPasswordIsMissing() throws Exception {
        redis.start();
        try (RedisClient client = redis.client()) {
            client.configSet("requirepass", "right");
        }
        try (CacheTier tier = redis.tier(Map.of())) {
            assertThat(failure(FailureCode.CREDENTIALS, () -> tier.get(KEY)))
                    .hasMessage("Redis asks for a password, and none is configured.");
        }
    }

    @Test
    void goesOnReadingFromAReplicaThatTakesNoWrites() throws Exception {
        redis.start();
        try (CacheTier tier = redis.tier(Map.of())) {
            tier.put(KEY, ENTRY, LONG);
            redis.command(Protocol.Command.REPLICAOF, "127.0.0.1", "1");

            failure(FailureCode.UNAVAILABLE, () -> tier.put(KEY, ENTRY, LONG));

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
            PluginFailure failure = failure(FailureCode.CREDENTIALS, () -> tier.get(KEY));

            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
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
            failure(FailureCode.CREDENTIALS, () -> tier.put(KEY, ENTRY, LONG));

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
}
