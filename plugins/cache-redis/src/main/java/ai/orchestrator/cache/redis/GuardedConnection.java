package ai.orchestrator.cache.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection that ends each call in time, and that is broken, so that its pool throws it away, after every call that did not end with
 * a whole reply of the right kind: whoever came next would be given the rest of somebody else's.
 */
final class GuardedConnection extends Connection {
    /** A connection that carries less than this is stuck: 10 MB/s. */
    private static final long NANOS_PER_BYTE = 100;
    /** This much is taken by the socket's buffer even where nobody reads. */
    private static final int NEVER_BLOCKS = 16 * 1024;

    private final HostAndPort server;
    private Optional<RedisInputStream> input = Optional.empty();
    private long end;
    private boolean made;

    private GuardedConnection(Maker maker) {
        super(maker);
        this.server = maker.server;
        this.end = System.nanoTime() + maker.limit.toNanos();
    }

    /** Connects and logs in; blocks, and perhaps for longer than the limit if the server answers byte by byte. */
    static GuardedConnection open(HostAndPort server, JedisClientConfig config, Duration limit) {
        return (GuardedConnection) new Maker(server, config, limit).build();
    }

    /** One command, by then at the latest. */
    <T> T call(CommandObject<T> command, Duration limit) {
        return exchange(size(command.getArguments()), limit, () -> executeCommand(command));
    }

    /** Several commands at once; an error that one meets is its outcome. */
    <T> List<Outcome<T>> callAll(List<CommandObject<T>> commands, Duration limit) {
        long bytes = commands.stream()
                .mapToLong(command -> size(command.getArguments()))
                .sum();
        return exchange(bytes, limit, () -> {
            commands.forEach(command -> sendCommand(command.getArguments()));
            List<Object> replies = getMany(commands.size());
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (int i = 0; i < replies.size(); i++) {
                outcomes.add(Outcome.of(commands.get(i), replies.get(i)));
            }
            return outcomes;
        });
    }

    /** Closes the socket at once, also under a thread that is blocked on it. */
    void abort() {
        try {
            forceDisconnect();
        } catch (IOException e) {
            // it is of no use any more, closed or not
        }
    }

    /** Once and never again: Jedis would connect anew by itself, as nobody and to the first database. */
    @Override
    public void connect() {
        if (made && !isConnected()) {
            throw new JedisConnectionException("the connection is closed");
        }
        super.connect();
        made = true;
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
        input = Optional.of(in);
        return new ReplyReader(in, server, end).read();
    }

    private <T> T exchange(long bytes, Duration limit, Supplier<T> exchange) {
        Duration allowed = limit.plusNanos(bytes * NANOS_PER_BYTE);
        boolean inStep = false;
        try {
            refuseWhatNobodyAskedFor();
            end = System.nanoTime() + allowed.toNanos();
            setSoTimeout((int) Math.max(1, allowed.toMillis()));
            T result = bytes > NEVER_BLOCKS ? abortedWhenOverdue(allowed, exchange) : exchange.get();
            inStep = true;
            return result;
        } catch (JedisDataException e) {
            inStep = true; // an error is a whole reply
            throw e;
        } catch (JedisException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BadReplyException(e); // a reply of another type than the command's
        } finally {
            if (!inStep) {
                setBroken();
            }
        }
    }

    /** A socket has no time limit for writing: where nobody reads, only closing it ends that. */
    private <T> T abortedWhenOverdue(Duration allowed, Supplier<T> exchange) {
        AtomicBoolean overdue = new AtomicBoolean();
        Thread watcher = Thread.ofVirtual().name("redis-cache-overdue").start(() -> {
            try {
                Thread.sleep(allowed);
                overdue.set(true);
                abort();
            } catch (InterruptedException e) {
                // the call has ended
            }
        });
        try {
            return exchange.get();
        } catch (JedisConnectionException e) {
            throw overdue.get() ? new JedisConnectionException(new SocketTimeoutException("nobody reads")) : e;
        } finally {
            watcher.interrupt();
        }
    }

    private void refuseWhatNobodyAskedFor() {
        try {
            if (input.isPresent() && input.get().available() > 0) {
                throw new BadReplyException("a reply to no command");
            }
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }

    private static long size(CommandArguments arguments) {
        long size = 0;
        for (Rawable argument : arguments) {
            size += argument.getRaw().length;
        }
        return size;
    }

    private static final class Maker extends Connection.Builder {
        private final HostAndPort server;
        private final Duration limit;

        private Maker(HostAndPort server, JedisClientConfig config, Duration limit) {
            this.server = server;
            this.limit = limit;
            socketFactory(new DefaultJedisSocketFactory(server, config));
            clientConfig(config);
        }

        @Override
        protected Connection createConnection() {
            return new GuardedConnection(this);
        }
    }
}
