package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real cluster of three masters, the first of which has a replica. */
final class RedisClusterExtension implements BeforeAllCallback, AfterAllCallback {
    private static final int SLOTS = 16384;
    private static final int MASTERS = 3;
    private static final int REPLICA = MASTERS;

    /** Enough for every master to have some. */
    static final List<CacheKey> KEYS =
            IntStream.range(0, 90).mapToObj(i -> new CacheKey(i, i)).toList();

    private final List<Integer> ports = IntStream.range(0, MASTERS + 1)
            .map(i -> RedisProcess.freePort())
            .boxed()
            .toList();
    private final List<RedisProcess> processes = new ArrayList<>();

    /** One for each key. */
    static List<NewEntry> entries() {
        return KEYS.stream()
                .map(key -> new NewEntry(key, Redis.ENTRY, Redis.LONG))
                .toList();
    }

    /** True if a key's entry lies on the first master. */
    static boolean isAtFirst(CacheKey key) {
        return slot(key) < SLOTS / MASTERS;
    }

    /** A key whose entry lies on the first master. */
    static CacheKey keyAtFirst() {
        return KEYS.stream()
                .filter(RedisClusterExtension::isAtFirst)
                .findFirst()
                .orElseThrow();
    }

    static int slot(CacheKey key) {
        return JedisClusterCRC16.getSlot("orchestrator:cache:entry:" + key);
    }

    /** Names two of the masters. */
    String url() {
        return "redis-cluster://127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
    }

    List<Integer> masterPorts() {
        return ports.subList(0, MASTERS);
    }

    int replicaPort() {
        return ports.get(REPLICA);
    }

    void killFirstMaster() {
        processes.get(0).close();
    }

    String id(int port) {
        return text(Redis.command(port, Command.CLUSTER, "MYID"));
    }

    void flush() {
        for (int port : masterPorts()) {
            Redis.command(port, Command.FLUSHALL);
        }
    }

    void start() throws Exception {
        for (int port : ports) {
            processes.add(RedisProcess.server(
                    port,
                    List.of("cluster-enabled yes", "cluster-node-timeout 500", "cluster-require-full-coverage no")));
        }
        for (int i = 0; i < MASTERS; i++) {
            Redis.command(ports.get(i), Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            Redis.command(ports.get(i), Command.CLUSTER, arguments("ADDSLOTS", slots(i)));
        }
        for (int port : ports.subList(1, ports.size())) {
            Redis.command(ports.get(0), Command.CLUSTER, "MEET", "127.0.0.1", Integer.toString(port));
        }
        ports.forEach(port -> awaitInfo(port, "cluster_known_nodes:" + ports.size()));
        Redis.command(replicaPort(), Command.CLUSTER, "REPLICATE", id(ports.get(0)));
        ports.forEach(port -> awaitInfo(port, "cluster_state:ok"));
        try (RedisClient replica = Redis.client(replicaPort())) {
            Eventually.await("the replica to be in step", () -> replica.info("replication")
                    .contains("master_link_status:up"));
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

    private static void awaitInfo(int port, String line) {
        Eventually.await(
                line, () -> text(Redis.command(port, Command.CLUSTER, "INFO")).contains(line));
    }

    private static Stream<Integer> slots(int master) {
        return IntStream.range(SLOTS * master / MASTERS, SLOTS * (master + 1) / MASTERS)
                .boxed();
    }

    private static String[] arguments(String first, Stream<?> others) {
        return Stream.concat(Stream.of(first), others.map(Object::toString)).toArray(String[]::new);
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }
}
