package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

/**
 * Looks after Redis from a thread of its own, so that health and usage are answered from memory, and recovery, another master and a
 * cluster's changes are noticed without traffic.
 */
final class RedisWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** In periods, while all is well. */
    private static final int PROBE_EVERY = 5;
    /** So many names are tried for one that a server has; all but a server with next to nothing of a cluster has one. */
    private static final int PROBES = 1000;
    /** In periods. */
    private static final int COUNT_EVERY = 60;

    private final RedisCalls redis;
    private final RedisKeys keys;
    private final Reachability reachability;
    private final Census census;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-cache-watch").factory());
    private volatile TierUsage usage;
    private List<HostAndPort> counted = List.of();
    private long round;

    RedisWatch(RedisCalls redis, RedisKeys keys, Reachability reachability) {
        this.redis = redis;
        this.keys = keys;
        this.reachability = reachability;
        this.census = new Census(redis, keys);
        this.usage = census.unknown();
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::watch, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As of the last count; bytes and evictions are those of the whole servers, which alone know their limit. */
    TierUsage usage() {
        return usage;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void watch() {
        try {
            if (round % PROBE_EVERY == 0 || redis.isAmiss()) {
                look();
            }
            if (round % COUNT_EVERY == 0 || !redis.isAmiss() && !counted.equals(redis.masters())) {
                count();
            }
        } catch (PluginFailure e) {
            log.debug("The watch over Redis learns nothing: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error(
                    "The watch over Redis met a fault of its own",
                    e); // and goes on, which it would not if this left it
        }
        round++;
    }

    private void look() {
        try {
            redis.refresh();
        } catch (PluginFailure e) {
            // shows in health; what was known before is looked at all the same
        }
        for (HostAndPort server : redis.masters()) {
            try {
                redis.callAt(server, Purpose.LOOKUP, probe(server));
            } catch (PluginFailure e) {
                usage = census.unknown(); // shows in health, and the others are to be looked at, too
            }
        }
    }

    /** A lookup, as requests make them: a server that is slow or not whole may still answer to its name. */
    private CommandObject<?> probe(HostAndPort server) {
        for (int i = 0; i < PROBES; i++) {
            CommandObject<?> lookup = Commands.get(keys.probe(i), value -> value);
            if (redis.serverOf(lookup).equals(server)) {
                return lookup;
            }
        }
        return Commands.ping();
    }

    private void count() {
        counted = redis.masters();
        try {
            usage = census.count(counted);
            reachability.advise(census.advice());
        } catch (PluginFailure e) {
            usage = census.unknown();
            log.debug("Redis does not say what it holds: {}", e.getMessage());
        }
    }
}
