package ai.orchestrator.cache.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps what one of several servers told about where to find the others. The first who needs it asks; from then on only
 * {@link #refresh} does, so that no call waits for servers that are away.
 *
 * @param <T> what is told, never changed
 */
final class Discovery<T> {
    private final JedisClientConfig config;
    private final Duration timeout;
    private final CommandArguments question;
    private final BiFunction<Object, HostAndPort, T> reader;
    private final ReentrantLock first = new ReentrantLock();
    private volatile Optional<T> told = Optional.empty();
    private volatile UnknownServerException lastFailure = new UnknownServerException("was not found yet");
    private volatile boolean asked;

    /**
     * @param reader makes sense of the reply of a server, or throws a {@link RuntimeException}
     */
    Discovery(
            JedisClientConfig config,
            Duration timeout,
            CommandArguments question,
            BiFunction<Object, HostAndPort, T> reader) {
        this.config = config;
        this.timeout = timeout;
        this.question = question;
        this.reader = reader;
    }

    /** What is known, asking these hosts if nobody was asked before. */
    T known(Supplier<Collection<HostAndPort>> hosts) {
        Optional<T> known = told;
        if (known.isEmpty() && !asked) {
            askFirst(hosts);
            known = told;
        }
        return known.orElseThrow(() -> lastFailure);
    }

    Optional<T> ifKnown() {
        return told;
    }

    /** Asks one after another until one tells. */
    void refresh(Collection<HostAndPort> hosts) {
        Optional<UnknownServerException> failure = Optional.empty();
        for (HostAndPort host : new LinkedHashSet<>(hosts)) {
            try {
                told = Optional.of(ask(host));
                asked = true;
                return;
            } catch (JedisException e) {
                String what =
                        "cannot be found: " + host + " " + RedisFault.of(e).what();
                failure = failure.or(() -> Optional.of(new UnknownServerException(what, e)));
            }
        }
        lastFailure = failure.orElse(lastFailure);
        asked = true;
        throw lastFailure;
    }

    private void askFirst(Supplier<Collection<HostAndPort>> hosts) {
        first.lock();
        try {
            if (!asked) {
                refresh(hosts.get());
            }
        } finally {
            first.unlock();
        }
    }

    private T ask(HostAndPort host) {
        GuardedConnection connection = new ConnectionMaker(host, config, timeout).create();
        try {
            return connection.call(
                    new CommandObject<>(question, Replies.of(reply -> reader.apply(reply, host))), timeout);
        } finally {
            connection.abort();
        }
    }
}
