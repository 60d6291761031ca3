package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TieredResponseCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RequestFingerprint REQUEST = new RequestFingerprint(new CacheKey(1, 2), new byte[32]);

    private final FakeTier memory = new FakeTier(CacheTier.Reach.MEMORY, Duration.ofSeconds(60));
    private final FakeTier shared = new FakeTier(CacheTier.Reach.SHARED, Duration.ofHours(1));
    private final FakeTier disk = new FakeTier(CacheTier.Reach.DISK, Duration.ofDays(30));
    private final TieredResponseCache cache = new TieredResponseCache(
            List.of(new NamedTier("memory", memory), new NamedTier("redis", shared), new NamedTier("sqlite", disk)),
            100,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void storesInEveryTierByItsOwnTime() {
        store(NOW);

        assertThat(memory.ttls).containsValue(Duration.ofSeconds(60));
        cache.close(); // writes what waits
        assertThat(shared.ttls).containsValue(Duration.ofHours(1));
        assertThat(disk.ttls).containsValue(Duration.ofDays(30));
    }

    @Test
    void copiesAHitUpwardForNoLongerThanItWouldHaveLivedBelow() {
        store(NOW.minus(Duration.ofDays(30)).plusSeconds(10));
        drain();
        memory.entries.clear();
        shared.entries.clear();

        assertThat(find()).map(hit -> hit.tier()).contains("sqlite");
        assertThat(find()).map(hit -> hit.tier()).contains("memory");
        assertThat(memory.ttls).containsValue(Duration.ofSeconds(10));
        drain();
        assertThat(shared.ttls).containsValue(Duration.ofSeconds(10));
    }

    @Test
    void servesNothingOlderThanTheClientOrTheRuleAllows() {
        store(NOW.minusSeconds(20));

        assertThat(cache.find(REQUEST, RequestPolicy.DEFAULT, Optional.of(Duration.ofSeconds(19))))
                .isEmpty();
        assertThat(cache.find(REQUEST, RequestPolicy.DEFAULT, Optional.of(Duration.ofSeconds(20))))
                .isPresent();
        RequestPolicy shorter = new RequestPolicy(true, "", Optional.of(Duration.ofSeconds(20)), Map.of(), Set.of());
        assertThat(cache.find(REQUEST, shorter, Optional.empty())).isEmpty();
    }

    @Test
    void aRuleSetsTimesByTierAndZeroKeepsATierOut() {
        RequestPolicy policy = new RequestPolicy(
                true, "", Optional.of(Duration.ofMinutes(5)), Map.of("sqlite", Duration.ZERO), Set.of());
        cache.store(REQUEST, "m:latest", answer(NOW), policy, Set.of("t"));
        drain();

        assertThat(memory.ttls).containsValue(Duration.ofMinutes(5));
        assertThat(shared.entry().tags()).containsExactly("t");
        assertThat(disk.entries).isEmpty();
    }

    @Test
    void anEntryThatDoesNotVerifyIsAMissAndRemoved() {
        store(NOW);
        CacheEntry entry = memory.entry();
        byte[] broken = entry.body().clone();
        broken[broken.length / 2] ^= 1;
        memory.entries.put(REQUEST.key(), new CacheEntry(broken, NOW, "m:latest", "", Set.of()));
        drain();

        assertThat(find()).map(hit -> hit.tier()).contains("redis");
        assertThat(EntryCodec.decode(REQUEST, memory.entry().body())).isPresent();
    }

    @Test
    void aTierThatFailsCostsNothingButItsEntries() {
        store(NOW);
        drain();
        memory.entries.clear();
        shared.broken = true;

        for (int i = 0; i < 10; i++) {
            memory.entries.clear();
            assertThat(find()).map(hit -> hit.tier()).contains("sqlite");
        }
        assertThat(shared.calls).as("left alone after three failures").hasValueLessThanOrEqualTo(5);
        assertThat(cache.reports().get(1).outOfUse()).isTrue();
        assertThat(cache.reports().get(1).errors()).isPositive();
        assertThat(cache.remove(REQUEST.key())).isTrue();
    }

    @Test
    void removesByKeyByTierAndAltogether() {
        store(NOW);
        drain();

        assertThat(cache.removeAll(new CacheSelector.All(), Optional.of("memory")))
                .isEqualTo(1);
        assertThat(find()).map(hit -> hit.tier()).contains("redis");
        drain();
        assertThat(cache.remove(REQUEST.key())).isTrue();
        assertThat(find()).isEmpty();
        assertThat(cache.remove(REQUEST.key())).isFalse();

        store(NOW);
        assertThat(cache.removeAll(new CacheSelector.All(), Optional.empty())).isEqualTo(3);
        assertThat(find()).isEmpty();
    }

    private Optional<TieredResponseCache.Hit> find() {
        return cache.find(REQUEST, RequestPolicy.DEFAULT, Optional.empty());
    }

    private void store(Instant createdAt) {
        cache.store(REQUEST, "m:latest", answer(createdAt), RequestPolicy.DEFAULT, Set.of());
    }

    /** Waits for the writes below memory: a removal of what is not there comes after them. */
    private void drain() {
        cache.remove(new CacheKey(9, 9));
    }

    private static StoredAnswer answer(Instant createdAt) {
        Usage usage = new Usage(1, 0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");
        return new StoredAnswer(
                "m:latest",
                Optional.empty(),
                "r",
                "",
                createdAt,
                List.of(new ModelEvent.Text("a"), new ModelEvent.Finished(FinishReason.STOP, usage)),
                List.of());
    }

    private static final class FakeTier implements CacheTier {
        final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();
        final Map<CacheKey, Duration> ttls = new ConcurrentHashMap<>();
        final AtomicInteger calls = new AtomicInteger();
        volatile boolean broken;
        private final Reach reach;
        private final Duration defaultTtl;

        FakeTier(Reach reach, Duration defaultTtl) {
            this.reach = reach;
            this.defaultTtl = defaultTtl;
        }

        @Override
        public Reach reach() {
            return reach;
        }

        @Override
        public Duration defaultTtl() {
            return defaultTtl;
        }

        @Override
        public Optional<CacheEntry> get(CacheKey key) {
            check();
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void put(CacheKey key, CacheEntry entry, Duration ttl) {
            check();
            entries.put(key, entry);
            ttls.put(key, ttl);
        }

        @Override
        public boolean remove(CacheKey key) {
            check();
            return entries.remove(key) != null;
        }

        @Override
        public long removeAll(CacheSelector selector) {
            check();
            long count = entries.size();
            entries.clear();
            return count;
        }

        @Override
        public TierUsage usage() {
            return new TierUsage(entries.size(), -1, -1, 0);
        }

        CacheEntry entry() {
            return Objects.requireNonNull(entries.get(REQUEST.key()));
        }

        private void check() {
            if (broken) {
                calls.incrementAndGet();
                throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "broken");
            }
        }
    }
}
