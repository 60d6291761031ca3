package ai.orchestrator.cache.redis;

import ai.orchestrator.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.RedisClient;

/** A real master, its replica and a Sentinel that makes the one the other's successor. */
final class RedisSentinelExtension implements BeforeAllCallback, AfterAllCallback {
    private final int masterPort = RedisProcess.freePort();
    private final int replicaPort = RedisProcess.freePort();
    private final int sentinelPort = RedisProcess.freePort();
    private final List<RedisProcess> processes = new ArrayList<>();

    String url() {
        return "redis-sentinel://127.0.0.1:1,127.0.0.1:" + sentinelPort + "?master=main";
    }

    int masterPort() {
        return masterPort;
    }

    int replicaPort() {
        return replicaPort;
    }

    void killMaster() {
        processes.get(0).close();
    }

    void killSentinel() {
        processes.get(2).close();
    }

    void start() throws Exception {
        processes.add(RedisProcess.server(masterPort, List.of()));
        processes.add(RedisProcess.server(replicaPort, List.of("replicaof 127.0.0.1 " + masterPort)));
        try (RedisClient replica = Redis.client(replicaPort)) {
            Eventually.await("the replica to be in step", () -> replica.info("replication")
                    .contains("master_link_status:up"));
        }
        processes.add(RedisProcess.sentinel(
                sentinelPort,
                List.of(
                        "sentinel monitor main 127.0.0.1 " + masterPort + " 1",
                        "sentinel down-after-milliseconds main 300",
                        "sentinel failover-timeout main 1000")));
        try (RedisClient sentinel = Redis.client(sentinelPort)) {
            Eventually.await("the Sentinel to know the replica", () -> sentinel.info("sentinel")
                    .contains("slaves=1"));
        }
    }

    void stop() {
        processes.forEach(RedisProcess::close);
        processes.clear();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }
}
