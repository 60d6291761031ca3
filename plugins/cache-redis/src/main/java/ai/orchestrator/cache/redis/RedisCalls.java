package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** Calls Redis through a pool of connections; remembers how that went and tells of a failure only by {@link PluginFailure}. */
final class RedisCalls implements AutoCloseable {
    private final RedisClient client;
    private final Reachability reachability;
    private volatile boolean closed;

    /** Connects to nothing yet. */
    RedisCalls(RedisAddress address, Duration timeout, int poolSize) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(poolSize);
        pool.setMaxIdle(poolSize);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false); // a registered bean would keep the plugin's class loader alive
        this.client = RedisClient.builder()
                .hostAndPort(address.hostAndPort())
                .clientConfig(address.clientConfig(timeout))
                .poolConfig(pool)
                .build();
        this.reachability = new Reachability(address);
    }

    Health health() {
        return reachability.health();
    }

    <T> T read(Function<RedisClient, T> command) {
        T reply = call(command);
        reachability.read();
        return reply;
    }

    <T> T write(Function<RedisClient, T> command) {
        T reply = call(command);
        reachability.written();
        return reply;
    }

    /** For statistics: that a login lacks the rights for them, say, tells nothing about how the cache is doing. */
    <T> T observe(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (RuntimeException e) {
            throw RedisFault.of(e).toFailure();
        }
    }

    private <T> T call(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (RuntimeException e) {
            RedisFault fault = RedisFault.of(e);
            if (!fault.isBrokenConnection() || closed) {
                throw failed(fault);
            }
        }
        // the pooled connection was one that a restarted server or a firewall had dropped, and so may the others be
        client.getPool().clear();
        try {
            return command.apply(client);
        } catch (RuntimeException e) {
            throw failed(RedisFault.of(e));
        }
    }

    private PluginFailure failed(RedisFault fault) {
        if (closed) {
            return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The Redis cache is closed.");
        }
        reachability.failed(fault);
        return fault.toFailure();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
