package ai.orchestrator.cache.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A pool of connections to each server. */
final class ConnectionPools implements AutoCloseable {
    private final JedisClientConfig config;
    private final RedisLimits limits;
    private final Map<HostAndPort, ConnectionPool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ConnectionPools(JedisClientConfig config, RedisLimits limits) {
        this.config = config;
        this.limits = limits;
    }

    /**
     * A connection, which the caller closes. Making one may take some times the timeout.
     *
     * @param wait for one of those that are in use
     * @throws java.util.NoSuchElementException if none becomes free
     */
    GuardedConnection borrow(HostAndPort server, Duration wait) {
        ConnectionPool pool = pools.computeIfAbsent(server, this::newPool);
        if (closed) {
            pool.close();
        }
        try {
            Connection connection = pool.borrowObject(wait);
            connection.setHandlingPool(pool);
            return (GuardedConnection) connection;
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException(e);
        } catch (Exception e) {
            throw new JedisConnectionException(e);
        }
    }

    /** Drops the connections that nobody uses at present. */
    void clearIdle(HostAndPort server) {
        ConnectionPool pool = pools.get(server);
        if (pool != null) {
            pool.clear();
        }
    }

    /** Drops the connections to all other servers. */
    void keepOnly(Collection<HostAndPort> servers) {
        pools.forEach((server, pool) -> {
            if (!servers.contains(server) && pools.remove(server, pool)) {
                pool.close();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        pools.values().forEach(ConnectionPool::close);
    }

    private ConnectionPool newPool(HostAndPort server) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(limits.poolSize());
        pool.setMaxIdle(limits.poolSize());
        pool.setTestWhileIdle(false); // a call finds out by itself, and then takes a fresh connection
        pool.setJmxEnabled(false); // a registered bean would keep the plugin's class loader alive
        return new ConnectionPool(new ConnectionMaker(server, config, limits.timeout()), pool);
    }
}
