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
import redis.clients.jedis.HostAndPort;

/**
 * Looks after Redis from a thread of its own, so that health and usage are answered from memory, and recovery, another master and a
 * cluster's changes are noticed without traffic.
 */
final class RedisWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** In periods, while all is well. */
    private static final int PING_EVERY = 5;
    /** In periods. */
    private static final int COUNT_EVERY = 60;

    private final RedisCalls redis;
    private final Reachability reachability;
    private final Census census;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-cache-watch").factory());
    private volatile TierUsage usage;
    private List<HostAndPort> counted = List.of();
    private long round;

    RedisWatch(RedisCalls redis, RedisKeys keys, Reachability reachability) {
        this.redis = redis;
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
            if (round % PING_EVERY == 0 || redis.isAmiss()) {
                look();
            }
            if (round % COUNT_EVERY == 0 || !redis.isAmiss() && !counted.equals(redis.masters())) {
                count();
            }
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
            // what was known before is looked at all the same
        }
        try {
            for (HostAndPort server : redis.masters()) {
                ping(server);
            }
        } catch (PluginFailure e) {
            usage = census.unknown();
        }
    }

    private void ping(HostAndPort server) {
        try {
            redis.callAt(server, Purpose.READ, Commands.ping());
        } catch (PluginFailure e) {
            usage = census.unknown(); // its state shows in health, and the others' is to be found out, too
        }
    }

    private void count() {
        try {
            List<HostAndPort> masters = redis.masters();
            usage = census.count(masters);
            reachability.advise(census.advice());
            counted = masters;
        } catch (PluginFailure e) {
            usage = census.unknown();
            log.debug("Redis does not say what it holds: {}", e.getMessage());
        }
    }
}
