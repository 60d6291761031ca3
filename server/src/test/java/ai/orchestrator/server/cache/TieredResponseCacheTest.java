package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache.Removal;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    void anAnswerLivesNoLongerThanItsEvidenceInAnyTier() {
        cache.store(REQUEST, "m:latest", expiring(NOW.plusSeconds(90)), RequestPolicy.DEFAULT, Set.of());
        drain();

        assertThat(memory.ttls).containsValue(Duration.ofSeconds(60));
        assertThat(shared.ttls).containsValue(Duration.ofSeconds(90));
        assertThat(disk.ttls).containsValue(Duration.ofSeconds(90));
        RequestPolicy longer = new RequestPolicy(true, "", Optional.of(Duration.ofDays(1)), Map.of(), Set.of());
        cache.replace(REQUEST, "m:latest", expiring(NOW.plusSeconds(30)), longer, Set.of());
        drain();
        assertThat(List.of(memory, shared, disk))
                .allSatisfy(tier -> assertThat(tier.ttls).containsValue(Duration.ofSeconds(30)));
    }

    @Test
    void anAnswerWithOldEvidenceIsNotServedEvenWhereATierStillHasIt() {
        CacheEntry old = new CacheEntry(
                EntryCodec.encode(REQUEST, expiring(NOW)), NOW.minusSeconds(600), "m:latest", "", Set.of());
        List.of(memory, shared, disk).forEach(tier -> tier.entries.put(REQUEST.key(), old));
        assertThat(find()).isEmpty();

        CacheEntry fresh = new CacheEntry(
                EntryCodec.encode(REQUEST, expiring(NOW.plusSeconds(1))),
                NOW.minusSeconds(600),
                "m:latest",
                "",
                Set.of());
        disk.entries.put(REQUEST.key(), fresh);
        assertThat(find()).map(hit -> hit.tier()).contains("sqlite");
        assertThat(memory.ttls).as("nor is it copied for longer").containsValue(Duration.ofSeconds(1));
    }

    @Test
    void anAnswerWhoseEvidenceIsTooOldAlreadyIsNotStored() {
        cache.store(REQUEST, "m:latest", answer(NOW), RequestPolicy.DEFAULT, Set.of());
        drain();
        cache.replace(REQUEST, "m:latest", expiring(NOW), RequestPolicy.DEFAULT, Set.of());
        drain();
        assertThat(List.of(memory, shared, disk))
                .allSatisfy(tier -> assertThat(tier.entries).isEmpty());

        cache.store(REQUEST, "m:latest", expiring(NOW), RequestPolicy.DEFAULT, Set.of());
        drain();
        assertThat(List.of(memory, shared, disk))
                .allSatisfy(tier -> assertThat(tier.entries).isEmpty());
    }

    @Test
    void servesNothingOlderThanTheClientOrTheRuleAllows() {
        store(NOW.minusSeconds(20));

        assertThat(cache.find(REQUEST, RequestPolicy.DEFAULT, maxAge(19))).isEmpty();
        assertThat(cache.find(REQUEST, RequestPolicy.DEFAULT, maxAge(20))).isPresent();
        RequestPolicy shorter = new RequestPolicy(true, "", Optional.of(Duration.ofSeconds(20)), Map.of(), Set.of());
        assertThat(cache.find(REQUEST, shorter, CacheControl.DEFAULT)).isEmpty();
    }

    @Test
    void aRuleSetsTimesByTierAndZeroKeepsATierOut() {
        RequestPolicy policy = new RequestPolicy(
                true, "", Optional.of(Duration.ofMinutes(5)), Map.of("sqlite", Duration.ZERO), Set.of());
        cache.store(REQUEST, "m:latest", answer(NOW), policy, Set.of("t"));
        drain();

        assertThat(memory.ttls).containsValue(Duration.ofMinutes(5));
        assertThat(shared.entry(REQUEST.key()).tags()).containsExactly("t");
        assertThat(disk.entries).isEmpty();
    }

    @Test
    void anEntryThatDoesNotVerifyIsAMissAndRemoved() {
        store(NOW);
        CacheEntry entry = memory.entry(REQUEST.key());
        byte[] broken = entry.body().clone();
        broken[broken.length / 2] ^= 1;
        memory.entries.put(REQUEST.key(), new CacheEntry(broken, NOW, "m:latest", "", Set.of()));
        drain();

        assertThat(find()).map(hit -> hit.tier()).contains("redis");
        assertThat(EntryCodec.decode(REQUEST, memory.entry(REQUEST.key()).body()))
                .isPresent();
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
        TierReport report = cache.reports().get(1);
        assertThat(report.outOfUse()).isTrue();
        assertThat(report.reason()).isEqualTo("broken");
        assertThat(report.lookups().errors()).isEqualTo(3);
        assertThat(report.lookups().skipped())
                .as("left alone after three failures")
                .isEqualTo(7);
        assertThat(cache.remove(REQUEST.key(), Optional.empty()).removed()).isPositive();
    }

    @Test
    void removesByKeyByTierAndAltogether() {
        store(NOW);
        drain();

        assertThat(cache.removeAll(new CacheSelector.All(), Optional.of("memory")))
                .isEqualTo(new Removal(1, List.of()));
        assertThat(find()).map(hit -> hit.tier()).contains("redis");
        drain();
        assertThat(cache.remove(REQUEST.key(), Optional.empty())).isEqualTo(new Removal(3, List.of()));
        assertThat(find()).isEmpty();
        assertThat(cache.remove(REQUEST.key(), Optional.empty())).isEqualTo(new Removal(0, List.of()));

        store(NOW);
        assertThat(cache.removeAll(new CacheSelector.All(), Optional.empty())).isEqualTo(new Removal(3, List.of()));
        assertThat(find()).isEmpty();
    }

    @Test
    void whatIsDeletedWhileATierIsSickStaysDeleted() {
        store(NOW);
        drain();
        shared.broken = true;

        assertThat(cache.remove(REQUEST.key(), Optional.empty())).isEqualTo(new Removal(2, List.of("redis")));
        assertThat(shared.entries).as("it could not be reached").isNotEmpty();
        assertThat(find()).isEmpty();

        shared.broken = false;
        FakeTier.await(() -> !cache.reports().get(1).outOfUse());
        assertThat(find()).isEmpty();
        assertThat(shared.entries).isEmpty();
        assertThat(cache.reports().get(1).owedRemovals()).isZero();
        assertThat(cache.reports().get(1).outages()).isEqualTo(1);
    }

    @Test
    void whatIsOwedOfOneScopeSparesTheOthers() {
        RequestPolicy blue = new RequestPolicy(true, "blue", Optional.empty(), Map.of(), Set.of());
        cache.store(REQUEST, "m:latest", answer(NOW), blue, Set.of());
        drain();
        assertThat(cache.remove(REQUEST.key(), Optional.of("red"))).isEqualTo(new Removal(0, List.of()));
        shared.broken = true;

        CacheSelector all = new CacheSelector.InScope("red", new CacheSelector.All());
        assertThat(cache.removeAll(all, Optional.of("redis"))).isEqualTo(new Removal(0, List.of("redis")));
        assertThat(cache.remove(REQUEST.key(), Optional.of("red"))).isEqualTo(new Removal(0, List.of("redis")));
        shared.broken = false;
        FakeTier.await(() -> !cache.reports().get(1).outOfUse());

        assertThat(cache.reports().get(1).owedRemovals()).isZero();
        assertThat(List.of(memory, shared, disk))
                .allSatisfy(tier -> assertThat(tier.entries).containsOnlyKeys(REQUEST.key()));
        assertThat(cache.remove(REQUEST.key(), Optional.of("blue"))).isEqualTo(new Removal(3, List.of()));
    }

    @Test
    void whatWasReplacedDoesNotComeBackFromATierThatDidNotTakeTheNewOne() {
        store(NOW.minusSeconds(30));
        drain();
        shared.onPut = () -> {
            throw new IllegalStateException("full");
        };

        cache.replace(REQUEST, "m:latest", answer(NOW), RequestPolicy.DEFAULT, Set.of());
        FakeTier.await(() -> shared.entries.isEmpty() && !cache.reports().get(1).outOfUse());

        memory.entries.clear();
        assertThat(find()).map(hit -> hit.age()).contains(Duration.ZERO);
    }

    @Test
    void aHitFoundBeforeADeletionDoesNotComeBackByItsCopy() {
        store(NOW);
        drain();
        memory.entries.clear();
        shared.entries.clear();
        disk.onGet = () -> cache.remove(REQUEST.key(), Optional.empty());

        assertThat(find()).as("found before it was deleted").isPresent();
        disk.onGet = () -> {};
        drain();
        assertThat(find()).isEmpty();
        assertThat(memory.entries).isEmpty();
        assertThat(shared.entries).isEmpty();
    }

    @Test
    void countsOfATierAddUpToItsLookups() {
        store(NOW);
        drain();
        memory.entries.clear();
        find();
        find();
        cache.find(REQUEST, RequestPolicy.DEFAULT, maxAge(-1));
        RequestFingerprint other = new RequestFingerprint(REQUEST.key(), new byte[] {1});
        cache.find(other, RequestPolicy.DEFAULT, CacheControl.DEFAULT);
        memory.entries.put(REQUEST.key(), new CacheEntry(new byte[] {1}, NOW, "m:latest", "", Set.of()));
        cache.find(other, RequestPolicy.DEFAULT, CacheControl.DEFAULT);

        TierReport.Lookups counts = cache.reports().getFirst().lookups();
        assertThat(counts.hits()).isEqualTo(1);
        assertThat(counts.misses())
                .as("empty once, too old once, another request's once")
                .isEqualTo(3);
        assertThat(counts.unsound()).as("nobody's").isEqualTo(1);
        assertThat(counts.errors() + counts.skipped()).isZero();
        assertThat(counts.latency()).containsEntry("count", 5L);
        assertThat(memory.entries).as("unsound entries go").isEmpty();
    }

    private Optional<TieredResponseCache.Hit> find() {
        return cache.find(REQUEST, RequestPolicy.DEFAULT, CacheControl.DEFAULT);
    }

    private static CacheControl maxAge(long seconds) {
        Optional<Duration> age = Optional.of(Duration.ofSeconds(seconds));
        return new CacheControl(false, false, false, age, Optional.empty(), Set.of(), Optional.empty());
    }

    private void store(Instant createdAt) {
        cache.store(REQUEST, "m:latest", answer(createdAt), RequestPolicy.DEFAULT, Set.of());
    }

    /** Waits for the writes below memory: a removal of what is not there comes after them. */
    private void drain() {
        cache.remove(new CacheKey(9, 9), Optional.empty());
    }

    private static StoredAnswer expiring(Instant at) {
        StoredAnswer plain = answer(NOW);
        return new StoredAnswer(
                plain.model(),
                plain.remote(),
                plain.route(),
                plain.search(),
                plain.createdAt(),
                plain.events(),
                plain.sources(),
                Optional.of(at));
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
}
