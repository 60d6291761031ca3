package ai.orchestrator.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.TierUsage;
import ai.orchestrator.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryCacheTierTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void weighsEntriesInBytes() {
        MemoryCacheTier tier = new MemoryCacheTier(1 << 20, LONG, nanos::get);

        tier.put(key(1), entry(10_000), LONG);
        tier.put(key(2), entry(0), LONG);

        assertThat(tier.usage()).isEqualTo(new TierUsage(2, 10_000 + 2 * Slot.OVERHEAD, 1 << 20, 0));
    }

    @Test
    void staysWithinItsSizeAndCountsWhatLeft() {
        MemoryCacheTier tier = new MemoryCacheTier(100_000, LONG, nanos::get);

        for (int i = 0; i < 50; i++) {
            tier.put(key(i), entry(10_000), LONG);
        }

        Eventually.await("evictions", () -> tier.usage().bytes() <= 100_000);
        TierUsage usage = tier.usage();
        assertThat(usage.entries()).isPositive();
        assertThat(usage.entries() + usage.evictions()).isEqualTo(50);
    }

    @Test
    void doesNotKeepAnEntryLargerThanTheWholeCache() {
        MemoryCacheTier tier = new MemoryCacheTier(10_000, LONG, nanos::get);
        tier.put(key(1), entry(100), LONG);
        tier.put(key(2), entry(100), LONG);

        tier.put(key(2), entry(10_000), LONG);

        assertThat(tier.get(key(2))).isEmpty();
        assertThat(tier.get(key(1))).isPresent();
    }

    @Test
    void givesEachEntryItsOwnTime() {
        MemoryCacheTier tier = new MemoryCacheTier(1 << 20, LONG, nanos::get);
        tier.put(key(1), entry(1), Duration.ofSeconds(1));
        tier.put(key(2), entry(1), Duration.ofSeconds(3));

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(tier.get(key(1))).isPresent();

        nanos.addAndGet(Duration.ofMillis(2).toNanos());
        assertThat(tier.get(key(1))).isEmpty();
        assertThat(tier.get(key(2))).isPresent();
    }

    @Test
    void isNotKeptAliveByReads() {
        MemoryCacheTier tier = new MemoryCacheTier(1 << 20, LONG, nanos::get);
        tier.put(key(1), entry(1), Duration.ofSeconds(2));

        nanos.addAndGet(Duration.ofMillis(1500).toNanos());
        assertThat(tier.get(key(1))).isPresent();
        nanos.addAndGet(Duration.ofMillis(1500).toNanos());

        assertThat(tier.get(key(1))).isEmpty();
        assertThat(tier.usage()).isEqualTo(new TierUsage(0, 0, 1 << 20, 0));
    }

    @Test
    void sharesTheTextsThatEntriesHaveInCommon() {
        MemoryCacheTier tier = new MemoryCacheTier(1 << 20, LONG, nanos::get);
        for (int i = 0; i < 2; i++) {
            String model = String.valueOf(new char[] {'m', 'o', 'd', 'e', 'l'});
            tier.put(key(i), new CacheEntry(new byte[1], Instant.EPOCH, model, "", Set.of("tag" + model)), LONG);
        }

        CacheEntry first = tier.get(key(0)).orElseThrow();
        CacheEntry second = tier.get(key(1)).orElseThrow();
        assertThat(first.model()).isSameAs(second.model());
        assertThat(first.tags()).isSameAs(second.tags());
    }

    @Test
    void countsTheTagsThatOnlyOneEntryHas() {
        MemoryCacheTier tier = new MemoryCacheTier(1 << 20, LONG, nanos::get);

        tier.put(key(1), new CacheEntry(new byte[0], Instant.EPOCH, "m", "", Set.of("t".repeat(64), "u")), LONG);

        assertThat(tier.usage().bytes()).isGreaterThan(Slot.OVERHEAD + 65);
    }

    private static CacheKey key(int number) {
        return new CacheKey(number, number);
    }

    private static CacheEntry entry(int size) {
        return new CacheEntry(new byte[size], Instant.EPOCH, "m", "", Set.of());
    }
}
