package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

class RedisTlsTest {
    private final int port = RedisProcess.freePort();
    private final int tlsPort = RedisProcess.freePort();
    private final List<RedisProcess> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(RedisProcess::close);
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        startServer();
        try (CacheTier tier = tier("rediss://127.0.0.1:" + tlsPort)) {
            PluginFailure failure = failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY));

            assertThat(failure)
                    .isInstanceOf(PluginFailure.Retriable.class)
                    .hasMessage("Redis shows no TLS certificate that is trusted and made out for this host.")
                    .hasRootCauseInstanceOf(CertificateException.class);
        }
    }

    @Test
    void givesAWriteUpThatNobodyReads() throws Exception {
        startServer();
        CacheEntry large = new CacheEntry(new byte[8 << 20], Instant.EPOCH, "m", "", Set.of());
        try (CacheTier tier = Redis.tier(Map.of(
                "url", "rediss://localhost:" + tlsPort, "timeout", "700ms", "deadline", "700ms", "pool_size", 2))) {
            Eventually.await("a write", () -> Redis.succeeds(() -> tier.put(KEY, ENTRY, LONG)));
            processes.get(0).freeze();

            failure(FailureCode.TIMEOUT, () -> tier.put(KEY, large, LONG));

            processes.get(0).thaw();
            Eventually.await("recovery", () -> Redis.lookUp(tier, KEY).isPresent());
            Eventually.await("a large write", () -> Redis.succeeds(() -> tier.put(KEY, large, LONG)));
            Eventually.await("a large lookup", () -> Redis.lookUp(tier, KEY).equals(Optional.of(large)));
        }
    }

    @Test
    void speaksTlsWithSentinelsAndTheMasterThatTheyName() throws Exception {
        int sentinelPort = RedisProcess.freePort();
        int sentinelTlsPort = RedisProcess.freePort();
        startServer("requirepass p@ss");
        processes.add(RedisProcess.sentinel(
                sentinelPort,
                Stream.concat(
                                TestCertificate.options(sentinelTlsPort).stream(),
                                Stream.of(
                                        "tls-replication yes",
                                        "requirepass s&p",
                                        "sentinel resolve-hostnames yes",
                                        "sentinel announce-hostnames yes",
                                        "sentinel monitor main localhost " + tlsPort + " 1",
                                        "sentinel auth-pass main p@ss"))
                        .toList()));
        String url =
                "rediss-sentinel://:p%40ss@localhost:" + sentinelTlsPort + "/2?master=main&sentinel_password=s%26p";
        try (CacheTier tier = tier(url)) {
            tier.put(KEY, ENTRY, LONG);

            assertThat(tier.get(KEY)).contains(ENTRY);
        }
        try (CacheTier tier = tier(url.replace("s%26p", "wrong"))) {
            assertThat(failure(FailureCode.CREDENTIALS, () -> tier.get(KEY)))
                    .isInstanceOf(PluginFailure.Permanent.class)
                    .hasMessage("Redis cannot be found: localhost:" + sentinelTlsPort
                            + " refuses the configured user or password.");
        }
    }

    @Test
    void speaksTlsWithACluster() throws Exception {
        startServer("cluster-enabled yes", "tls-cluster yes");
        Redis.command(
                port,
                Command.CLUSTER,
                Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(0, 16384).mapToObj(Integer::toString))
                        .toArray(String[]::new));
        try (CacheTier tier = tier("rediss-cluster://localhost:" + tlsPort)) {
            Eventually.await("the cluster to be complete", () -> Redis.succeeds(() -> tier.put(KEY, ENTRY, LONG)));

            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isOne();
        }
    }

    private void startServer(String... options) throws Exception {
        processes.add(RedisProcess.server(
                port,
                Stream.concat(TestCertificate.options(tlsPort).stream(), Stream.of(options))
                        .toList()));
    }

    private static CacheTier tier(String url) {
        return Redis.tier(Map.of("url", url, "timeout", "10s", "deadline", "10s"));
    }
}
