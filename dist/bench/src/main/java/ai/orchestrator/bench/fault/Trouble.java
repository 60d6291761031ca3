package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Something that can befall Redis.
 *
 * @param proxied whether it takes a proxy before it
 */
record Trouble(String name, String purpose, boolean proxied, Step strike, Step heal) {
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final Duration VERY_SLOW = Duration.ofMillis(100);

    /** All that is measured. */
    static final List<Trouble> ALL = List.of(
            new Trouble(
                    "redis-stopped",
                    "Redis is stopped, and started again",
                    false,
                    (redis, proxy) -> redis.stop(),
                    (redis, proxy) -> redis.restart()),
            new Trouble(
                    "redis-frozen",
                    "Redis stands still (SIGSTOP), and goes on",
                    false,
                    (redis, proxy) -> redis.freeze(),
                    (redis, proxy) -> redis.thaw()),
            new Trouble(
                    "redis-full",
                    "Redis refuses to store (noeviction), and gets room",
                    false,
                    (redis, proxy) -> redis.fill(),
                    (redis, proxy) -> redis.makeRoom()),
            new Trouble(
                    "redis-slow-20ms",
                    "each reply of Redis comes 20 ms later",
                    true,
                    (redis, proxy) -> proxy.delay(SLOW),
                    (redis, proxy) -> proxy.pass()),
            new Trouble(
                    "redis-slow-100ms",
                    "each reply of Redis comes 100 ms later",
                    true,
                    (redis, proxy) -> proxy.delay(VERY_SLOW),
                    (redis, proxy) -> proxy.pass()),
            new Trouble(
                    "redis-garbage",
                    "Redis answers with random bytes",
                    true,
                    (redis, proxy) -> proxy.lie(),
                    (redis, proxy) -> proxy.pass()));

    /** One turn of it. */
    interface Step {
        void take(RedisServer redis, Proxy proxy) throws IOException, InterruptedException;
    }
}
