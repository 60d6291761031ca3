package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.IOUtils;

/**
 * Calls Redis through pools of connections; remembers how that went and tells of a failure only by {@link PluginFailure}. A call whose
 * connection turns out to be lost is made once more on a fresh one, and one that a cluster sends elsewhere goes there.
 */
final class RedisCalls implements AutoCloseable {
    private static final int MOST_REDIRECTIONS = 5;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final CommandObject<String> ASKING =
            new CommandObject<>(new CommandArguments(Protocol.Command.ASKING), BuilderFactory.STRING);

    private final Topology topology;
    private final ConnectionPools pools;
    private final RedisLimits limits;
    private final Reachability reachability;
    private volatile boolean outdated;
    private volatile boolean closed;

    /** Connects to nothing yet. */
    RedisCalls(Topology topology, ConnectionPools pools, RedisLimits limits, Reachability reachability) {
        this.topology = topology;
        this.pools = pools;
        this.limits = limits;
        this.reachability = reachability;
    }

    RedisLimits limits() {
        return limits;
    }

    Health health() {
        return reachability.health();
    }

    /** A command, at the server that has its key. */
    <T> T call(Purpose purpose, CommandObject<T> command) {
        return perform(purpose, () -> topology.serverOf(command.getArguments()), once(command));
    }

    /** The same, with the result for a key that holds another type of value than the command is for. */
    <T> T call(Purpose purpose, CommandObject<T> command, T ofAnotherType) {
        Exchange<T> once = once(command);
        return perform(purpose, () -> topology.serverOf(command.getArguments()), (connection, limit) -> {
            try {
                return once.on(connection, limit);
            } catch (JedisDataException e) {
                if (isOfAnotherType(e)) {
                    return ofAnotherType;
                }
                throw e;
            }
        });
    }

    /** A command at one server. */
    <T> T callAt(HostAndPort server, Purpose purpose, CommandObject<T> command) {
        return perform(purpose, () -> server, once(command));
    }

    /**
     * Commands at one server, all at once and in order. The only errors among the outcomes are those that say nothing about the server:
     * a {@link JedisRedirectionException}, or that the key holds {@linkplain #isOfAnotherType another type} of value.
     */
    <T> List<Outcome<T>> callAllAt(HostAndPort server, Purpose purpose, List<CommandObject<T>> commands) {
        return perform(purpose, () -> server, (connection, limit) -> {
            List<Outcome<T>> outcomes = connection.callAll(commands, limit);
            outcomes.stream()
                    .flatMap(outcome -> outcome.error().stream())
                    .filter(error -> !isRedirection(error) && !isOfAnotherType(error))
                    .findFirst()
                    .ifPresent(error -> {
                        throw error;
                    });
            return outcomes;
        });
    }

    /** True if an error says that the key holds another type of value than the command is for. */
    static boolean isOfAnotherType(JedisDataException error) {
        return String.valueOf(error.getMessage())
                .contains("WRONGTYPE"); // not leading: Redis 6 wraps what happened within a script
    }

    /** The server that has a command's key. */
    HostAndPort serverOf(CommandObject<?> command) {
        try {
            return topology.serverOf(command.getArguments());
        } catch (UnknownServerException e) {
            throw failed(Optional.empty(), RedisFault.of(e));
        }
    }

    /** Every server that takes writes. */
    List<HostAndPort> masters() {
        try {
            return topology.masters();
        } catch (UnknownServerException e) {
            throw failed(Optional.empty(), RedisFault.of(e));
        }
    }

    /** Something was elsewhere than was thought. */
    void noteMove() {
        outdated = true;
    }

    /** True if it is time to find out anew where things are: something moved, or a server is not well. */
    boolean isAmiss() {
        return outdated || reachability.isAmiss();
    }

    /** Finds out anew which servers there are; forgets those that are no more. */
    void refresh() {
        outdated = false;
        try {
            topology.refresh();
            List<HostAndPort> masters = topology.masters();
            reachability.keepOnly(masters);
            pools.keepOnly(masters);
        } catch (UnknownServerException e) {
            throw failed(Optional.empty(), RedisFault.of(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        pools.close();
    }

    private <T> T perform(Purpose purpose, Supplier<HostAndPort> home, Exchange<T> exchange) {
        long end = System.nanoTime() + limits.deadline().toNanos();
        Optional<HostAndPort> server = Optional.empty();
        boolean asking = false;
        boolean tried = false;
        int redirections = 0;
        while (true) {
            try {
                server = server.or(() -> Optional.of(home.get()));
                Duration limit = purpose == Purpose.LOOKUP ? until(end) : limits.timeout();
                T reply = exchangeAt(server.get(), asking, limit, exchange);
                succeeded(purpose, server.get());
                return reply;
            } catch (JedisRedirectionException e) {
                if (!topology.redirects() || ++redirections > MOST_REDIRECTIONS) {
                    throw failed(purpose, server, RedisFault.of(e));
                }
                asking = e instanceof JedisAskDataException;
                outdated |= !asking;
                server = Optional.of(e.getTargetNode());
            } catch (RuntimeException e) {
                RedisFault fault = RedisFault.of(e);
                if (tried || closed || !fault.isOfTheConnection()) {
                    throw failed(purpose, server, fault);
                }
                // a restarted server or a firewall had dropped the connection, and so the others, perhaps
                tried = true;
                server.ifPresent(pools::clearIdle);
            }
        }
    }

    private boolean isRedirection(JedisDataException error) {
        return error instanceof JedisRedirectionException && topology.redirects();
    }

    private static <T> Exchange<T> once(CommandObject<T> command) {
        return (connection, limit) -> connection.call(command, limit);
    }

    private <T> T exchangeAt(HostAndPort server, boolean asking, Duration limit, Exchange<T> exchange) {
        long end = System.nanoTime() + limit.toNanos();
        GuardedConnection connection = pools.borrow(server, limit);
        try {
            if (asking) {
                connection.call(ASKING, until(end));
            }
            return exchange.on(connection, until(end));
        } finally {
            IOUtils.closeQuietly(connection); // gives it back
        }
    }

    private void succeeded(Purpose purpose, HostAndPort server) {
        switch (purpose) {
            case LOOKUP, READ -> reachability.answered(server, false);
            case WRITE -> reachability.answered(server, true);
            case OBSERVE -> {}
        }
    }

    private PluginFailure failed(Purpose purpose, Optional<HostAndPort> server, RedisFault fault) {
        return purpose == Purpose.OBSERVE && !closed ? fault.toFailure() : failed(server, fault);
    }

    private PluginFailure failed(Optional<HostAndPort> server, RedisFault fault) {
        if (closed) {
            return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The Redis cache is closed.");
        }
        server.ifPresentOrElse(known -> reachability.failed(known, fault), () -> reachability.lost(fault));
        return fault.toFailure();
    }

    private static Duration until(long end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /** What is done with a connection. */
    private interface Exchange<T> {
        T on(GuardedConnection connection, Duration limit);
    }
}
