package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Looks after Redis from a thread of its own, so that health and usage are answered from memory and recovery is noticed without traffic. */
final class RedisWatch implements AutoCloseable {
    private static final Duration PING_PERIOD = Duration.ofSeconds(5);
    private static final Duration COUNT_PERIOD = Duration.ofSeconds(60);
    private static final int SCAN_SLICE = 1000;
    /** Beyond this many keys of whatever kind, counting ours is not cheap. */
    private static final long MAX_COUNTED = 1_000_000;

    private final RedisCalls redis;
    private final RedisKeys keys;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-cache-watch").factory());
    private volatile TierUsage usage = new TierUsage(-1, -1, -1, 0);
    private long evictedLast = -1;
    private long evictions;

    RedisWatch(RedisCalls redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    void start() {
        every(PING_PERIOD, () -> redis.read(client -> client.ping()));
        every(COUNT_PERIOD, this::count);
    }

    /** As of the last count; bytes and evictions are those of the whole server, which alone knows its limit. */
    TierUsage usage() {
        return usage;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void every(Duration period, Runnable task) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (PluginFailure e) {
                usage = unknown();
            }
        };
        var _ = thread.scheduleWithFixedDelay(safe, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void count() {
        String memory = redis.observe(client -> client.info("memory"));
        String stats = redis.observe(client -> client.info("stats"));
        long evicted = Math.max(0, field(stats, "evicted_keys"));
        if (evictedLast >= 0) {
            evictions += Math.max(0, evicted - evictedLast); // less than before after a restart of the server
        }
        evictedLast = evicted;
        long limit = field(memory, "maxmemory");
        usage = new TierUsage(countEntries(), field(memory, "used_memory"), limit > 0 ? limit : -1, evictions);
    }

    private TierUsage unknown() {
        return new TierUsage(-1, -1, -1, evictions);
    }

    private long countEntries() {
        if (redis.observe(client -> client.dbSize()) > MAX_COUNTED) {
            return -1;
        }
        ScanParams matching = new ScanParams().match(keys.pattern()).count(SCAN_SLICE);
        long entries = 0;
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        while (true) {
            byte[] from = cursor;
            ScanResult<byte[]> found = redis.observe(client -> client.scan(from, matching));
            entries += found.getResult().stream().filter(keys::isEntry).count();
            if (found.isCompleteIteration()) {
                return entries;
            }
            cursor = found.getCursorAsBytes();
        }
    }

    private static long field(String info, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":(\\d{1,18})\\s*$").matcher(info);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
