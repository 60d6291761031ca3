package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Redis behind a line that is slow, or breaks. */
class SlowRedisTest {
    @RegisterExtension
    static final RedisServerExtension redis = new RedisServerExtension();

    private static final CacheKey OTHER_KEY = new CacheKey(3, 4);
    private static final CacheEntry OTHER_ENTRY = Redis.entry("another body", "m", "t");

    private SlowProxy proxy;

    @BeforeEach
    void open() {
        proxy = new SlowProxy(redis.port());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void givesLookupsUpAtTheDeadlineAndWritesNot() throws Exception {
        try (CacheTier tier = tier("deadline", "50ms", "timeout", "10s", "pool_size", 2)) {
            tier.put(KEY, ENTRY, LONG);
            tier.put(OTHER_KEY, OTHER_ENTRY, LONG);
            proxy.delay(Duration.ofMillis(100));

            for (int i = 0; i < 6; i++) {
                assertThat(failure(FailureCode.TIMEOUT, () -> tier.get(KEY)))
                        .hasMessage("Redis does not answer in time.");
            }
            tier.put(KEY, OTHER_ENTRY, LONG);
            tier.put(KEY, ENTRY, LONG);

            proxy.delay(Duration.ZERO);
            Eventually.await("a lookup in time", () -> Redis.lookUp(tier, KEY).isPresent());
            for (int i = 0; i < 20; i++) {
                assertThat(tier.get(KEY)).contains(ENTRY);
                assertThat(tier.get(OTHER_KEY)).contains(OTHER_ENTRY);
            }
        }
    }

    @Test
    void neverGivesALateReplyToAnotherLookup() throws Exception {
        try (CacheTier tier = tier("deadline", "20ms", "timeout", "10s", "pool_size", 2)) {
            tier.put(KEY, ENTRY, LONG);
            tier.put(OTHER_KEY, OTHER_ENTRY, LONG);

            for (int i = 0; i < 30; i++) {
                proxy.delay(Duration.ofMillis(10 + i % 3 * 10));
                assertThat(Redis.lookUp(tier, KEY)).isIn(Optional.of(ENTRY), Optional.empty());
                assertThat(Redis.lookUp(tier, OTHER_KEY)).isIn(Optional.of(OTHER_ENTRY), Optional.empty());
            }
        }
    }

    @Test
    void waitsForAFreeConnectionNoLongerThanTheDeadline() throws Exception {
        try (CacheTier tier = tier("deadline", "100ms", "timeout", "1m", "pool_size", 1)) {
            Eventually.await("the first count", () -> tier.usage().entries() >= 0);
            proxy.delay(Duration.ofSeconds(1));
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> tier.put(KEY, ENTRY, LONG));

            Eventually.await("the only connection to be in use", () -> "Redis has no connection free for another call."
                    .equals(failure(FailureCode.TIMEOUT, () -> tier.get(KEY)).getMessage()));

            assertThat(writing).isNotDone();
            proxy.delay(Duration.ZERO);
            writing.get(30, TimeUnit.SECONDS);
            assertThat(tier.get(KEY)).contains(ENTRY);
        }
    }

    @Test
    void losesNoConnectionWhenALookupIsGivenUp() throws Exception {
        try (CacheTier tier = tier("pool_size", 1)) {
            tier.put(KEY, ENTRY, LONG);
            tier.put(OTHER_KEY, OTHER_ENTRY, LONG);
            for (int i = 0; i < 4; i++) {
                proxy.delay(Duration.ofMillis(200));
                AtomicReference<FailureCode> code = new AtomicReference<>();
                Thread asking = Thread.ofVirtual()
                        .start(() -> code.set(failure(FailureCode.TIMEOUT, () -> tier.get(KEY))
                                .code()));
                Thread.sleep(i * 20L);
                asking.interrupt();
                asking.join();
                proxy.delay(Duration.ZERO);

                assertThat(code).hasValue(FailureCode.TIMEOUT);
                assertThat(tier.get(OTHER_KEY)).contains(OTHER_ENTRY);
                assertThat(tier.health().state()).isEqualTo(State.UP);
            }
        }
    }

    @Test
    void survivesConnectionsThatBreakInTheMiddleOfAReply() throws Exception {
        CacheEntry large = new CacheEntry(new byte[20_000], Instant.EPOCH, "m", "", Set.of());
        try (CacheTier tier = tier("pool_size", 2)) {
            tier.put(KEY, large, LONG);
            tier.put(OTHER_KEY, OTHER_ENTRY, LONG);
            proxy.cutAfter(1000);

            for (int i = 0; i < 6; i++) {
                assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY)))
                        .hasMessage("Redis cannot be reached.");
                assertThat(tier.get(OTHER_KEY)).contains(OTHER_ENTRY);
            }

            proxy.cutAfter(Integer.MAX_VALUE);
            for (int i = 0; i < 6; i++) {
                assertThat(tier.get(KEY)).contains(large);
            }
        }
    }

    @Test
    void doesNotNoticeThatIdleConnectionsWereDropped() throws Exception {
        try (CacheTier tier = tier("pool_size", 4)) {
            tier.put(KEY, ENTRY, LONG);
            for (int i = 0; i < 5; i++) {
                List<CompletableFuture<Optional<CacheEntry>>> together = IntStream.range(0, 4)
                        .mapToObj(any -> CompletableFuture.supplyAsync(() -> tier.get(KEY)))
                        .toList();
                together.forEach(lookup -> assertThat(lookup.join()).contains(ENTRY));
                proxy.dropAll();

                assertThat(tier.get(KEY)).contains(ENTRY);
            }
        }
    }

    private CacheTier tier(Object... settings) {
        Map<String, Object> all = new HashMap<>(Map.of("url", proxy.url()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put((String) settings[i], settings[i + 1]);
        }
        return Redis.tier(all);
    }
}
