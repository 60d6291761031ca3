package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.TierUsage;
import ai.orchestrator.testkit.LogRecorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

class CensusTest {
    @RegisterExtension
    static final RedisServerExtension redis = new RedisServerExtension();

    private final HostAndPort server = Redis.local(redis.port());
    private final LogRecorder log = new LogRecorder(Census.class);
    private RedisCalls calls;
    private Census census;
    private RedisClient client;

    @BeforeEach
    void open() {
        Duration patience = Duration.ofSeconds(2);
        RedisAddress address = RedisUrl.parse(redis.url(), RedisLogin.NONE);
        RedisLimits limits = new RedisLimits(patience, patience, patience, 1);
        calls = new RedisCalls(
                new SingleServer(server),
                new ConnectionPools(ClientConfigs.of(address, patience).servers(), limits),
                limits,
                new Reachability());
        census = new Census(calls, new RedisKeys("orchestrator:"));
        client = redis.client();
        client.flushAll();
        set("100mb", "allkeys-lru");
    }

    @AfterEach
    void close() {
        client.close();
        calls.close();
        log.close();
    }

    @Test
    void warnsOnceForEachPolicyThatLosesDataOddly() {
        assertThat(advice()).isEmpty();

        set("0", "allkeys-lru");
        assertThat(advice()).isEqualTo(said("has no limit to its memory and may take all of the machine's."));
        assertThat(advice()).isNotEmpty();
        set("100mb", "noeviction");
        assertThat(advice()).isEqualTo(said("takes no more answers once it is full, with the policy noeviction."));
        set("100mb", "allkeys-random");
        assertThat(advice()).isEqualTo(said("drops answers at random when it is full, often used ones too."));
        set("100mb", "volatile-lru");
        assertThat(advice())
                .isEqualTo(
                        said(
                                "drops, with the policy volatile-lru, only what has an expiry when it is full. All answers have one,"
                                        + " but what other programs store there without one stays and may leave no room for answers."));
        assertThat(advice()).isNotEmpty();
        set("100mb", "allkeys-lfu");
        assertThat(advice()).isEmpty();
        set("100mb", "noeviction");
        assertThat(advice()).isNotEmpty();

        assertThat(log.levels()).containsExactly("WARN", "WARN", "WARN", "WARN", "WARN");
        assertThat(log.lines())
                .allMatch(line -> line.endsWith(
                        " Set maxmemory 2gb, or what the machine can spare, and maxmemory-policy allkeys-lru."));
    }

    @Test
    void countsEntriesAndEvictionsFromTheStart() {
        census.count(List.of(server));
        set("2mb", "allkeys-lru");
        for (int i = 0; i < 100; i++) {
            client.set("filling" + i, "x".repeat(50_000));
        }
        client.configSet("maxmemory", "100mb");
        client.setex("orchestrator:cache:entry:00112233445566778899aabbccddeeff", 100, "x");

        TierUsage usage = census.count(List.of(server));

        assertThat(usage.evictions()).isPositive();
        assertThat(usage.entries()).isOne();
        assertThat(usage.bytes()).isPositive();
        assertThat(usage.maxBytes()).isEqualTo(100L * 1024 * 1024);
    }

    private String advice() {
        census.count(List.of(server));
        return census.advice();
    }

    private String said(String what) {
        return "Redis at " + server + " " + what
                + " Set maxmemory 2gb, or what the machine can spare, and maxmemory-policy allkeys-lru.";
    }

    private void set(String limit, String policy) {
        client.configSet("maxmemory", limit);
        client.configSet("maxmemory-policy", policy);
    }
}
