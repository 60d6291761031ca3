package ai.orchestrator.cache.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Makes connections to one server, each within a limit. */
final class ConnectionMaker extends BasePooledObjectFactory<Connection> {
    /** To connect, to agree on TLS, to log in, to choose the database. */
    private static final int STEPS = 4;

    private final HostAndPort server;
    private final JedisClientConfig config;
    private final Duration limit;

    /** @param timeout for each step; all together may take four times as long */
    ConnectionMaker(HostAndPort server, JedisClientConfig config, Duration timeout) {
        this.server = server;
        this.config = config;
        this.limit = timeout.multipliedBy(STEPS);
    }

    /**
     * Connects and logs in. A thread of its own does that: names are looked up, certificates exchanged and greetings read without any
     * limit on the whole, and only interrupting a virtual thread ends them all.
     */
    @Override
    public GuardedConnection create() {
        CompletableFuture<GuardedConnection> made = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("redis-cache-connect").start(() -> {
            try {
                GuardedConnection connection = GuardedConnection.open(server, config, limit);
                if (!made.complete(connection)) {
                    connection.abort();
                }
            } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
            }
        });
        try {
            return made.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw fault(e.getCause());
        } catch (TimeoutException e) {
            throw givenUp(made, thread, new SocketTimeoutException("the connection is not made in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(made, thread, e);
        }
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
        return new DefaultPooledObject<>(connection);
    }

    /** Without the last words that Jedis would still send: they block where nobody reads. */
    @Override
    public void destroyObject(PooledObject<Connection> pooled, DestroyMode mode) {
        ((GuardedConnection) pooled.getObject()).abort();
    }

    private static JedisException fault(@Nullable Throwable cause) {
        return switch (cause) {
            case JedisException fault -> fault;
            case RuntimeException noReply -> new BadReplyException(noReply);
            case null, default -> new JedisConnectionException(cause);
        };
    }

    private static JedisConnectionException givenUp(
            CompletableFuture<GuardedConnection> made, Thread thread, Exception why) {
        if (!made.completeExceptionally(why)) {
            made.thenAccept(GuardedConnection::abort);
        }
        thread.interrupt();
        return new JedisConnectionException(why);
    }
}
