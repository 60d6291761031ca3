package ai.orchestrator.server.cache;

import static ai.orchestrator.server.cache.FakeTier.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedTierTest {
    private static final CacheKey KEY = new CacheKey(1, 1);
    private static final Duration TTL = Duration.ofMinutes(1);

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final FakeTier sick = new FakeTier(CacheTier.Reach.SHARED, Duration.ofHours(1));
    private final GuardedTier tier = new GuardedTier(new NamedTier("redis", sick), 100);

    @AfterEach
    void close() {
        hanging.countDown();
        tier.close();
    }

    @Test
    void aTierThatHangsIsGivenUpAndLeftAloneUntilItAnswers() {
        sick.entries.put(KEY, entry(3));
        sick.onGet = this::hang;
        sick.deadline = Duration.ofMillis(30);

        IntStream.range(0, 20).forEach(i -> assertThat(tier.lookups().find(KEY)).isEmpty());

        assertThat(tier.report().outOfUse()).isTrue();
        assertThat(tier.report().reason()).isEqualTo("it does not answer within 30 ms");
        assertThat(tier.report().lookups().errors()).isEqualTo(3);
        assertThat(tier.report().lookups().skipped()).isEqualTo(17);

        sick.onGet = () -> {};
        await(() -> !tier.report().outOfUse());
        sick.deadline = Duration.ofSeconds(10);
        assertThat(tier.lookups().find(KEY)).isPresent();
        assertThat(tier.report().outFor()).isPositive();
    }

    @Test
    void aTierThatIsOnlySlowIsLeftAlone() {
        sick.entries.put(KEY, entry(3));
        sick.onGet = () -> FakeTier.sleep(Duration.ofMillis(5));
        sick.slow = Duration.ofMillis(2);

        IntStream.range(0, 10).forEach(i -> assertThat(tier.lookups().find(KEY)).isPresent());

        assertThat(tier.report().outOfUse()).isTrue();
        assertThat(tier.lookups().find(KEY)).isEmpty();
        sick.slow = Duration.ofSeconds(10);
        await(() -> !tier.report().outOfUse());
    }

    @Test
    void anErrorInATierIsNothingButAMiss() {
        sick.onGet = () -> {
            throw new OutOfMemoryError("a reply of 2 GB");
        };

        assertThat(tier.lookups().find(KEY)).isEmpty();

        assertThat(tier.report().lookups().errors()).isEqualTo(1);
        assertThat(tier.report().outOfUse()).isFalse();
    }

    @Test
    void whatWaitsIsWrittenInBatches() {
        CountDownLatch first = new CountDownLatch(1);
        sick.onPut = () -> {
            first.countDown();
            hang();
        };
        put(0);
        await(() -> first.getCount() == 0);
        IntStream.rangeClosed(1, 70).forEach(this::put);

        hanging.countDown();
        await(() -> tier.report().writes().puts() == 71);

        assertThat(sick.batches).containsExactly(1, 64, 6);
        assertThat(sick.entries).hasSize(71);
    }

    @Test
    void oneEntryThatIsNotTakenSpoilsNoOther() {
        sick.onPut = this::hang;
        put(0);
        AtomicInteger puts = new AtomicInteger();
        IntStream.rangeClosed(1, 10).forEach(this::put);
        sick.onPut = () -> {
            if (puts.incrementAndGet() % 5 == 0) {
                throw new IllegalStateException("too large");
            }
        };

        hanging.countDown();
        await(() -> tier.report().writes().puts() + tier.report().writes().dropped() == 11);

        assertThat(tier.report().writes().puts()).isGreaterThanOrEqualTo(8);
        assertThat(sick.entries).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        sick.onPut = this::hang;
        IntStream.range(0, 300).forEach(this::put);
        assertThat(tier.report().writes().dropped()).isBetween(100L, 200L);

        hanging.countDown();
        await(() -> tier.report().writes().puts() + tier.report().writes().dropped() == 300);
        assertThat(tier.report().writes().waiting()).isZero();
    }

    @Test
    void largeEntriesThatWaitDoNotFillTheMemory() {
        sick.onPut = this::hang;
        byte[] large = new byte[10 << 20];
        IntStream.range(0, 20)
                .forEach(i ->
                        tier.put(new CacheKey(2, i), new CacheEntry(large, Instant.EPOCH, "m", "", Set.of()), TTL));

        assertThat(tier.report().writes().dropped()).isBetween(13L, 14L);
    }

    @Test
    void aRemovalTakesBackWhatWaits() {
        CountDownLatch first = new CountDownLatch(1);
        sick.onPut = () -> {
            first.countDown();
            hang();
        };
        put(0);
        await(() -> first.getCount() == 0);
        put(1);
        put(2);
        Thread.startVirtualThread(() -> {
            await(() -> tier.report().writes().waiting() == 2); // one entry less, and the removal's own mark
            hanging.countDown();
        });

        GuardedTier.Removed removed = tier.remove(new CacheKey(0, 1), Optional.empty());

        assertThat(removed.complete()).isTrue();
        assertThat(sick.entries.keySet()).containsExactlyInAnyOrder(new CacheKey(0, 0), new CacheKey(0, 2));
    }

    @Test
    void aRemovalOfOneScopeTakesBackThatScopesAloneOfWhatWaits() {
        CountDownLatch first = new CountDownLatch(1);
        sick.onPut = () -> {
            first.countDown();
            hang();
        };
        put(0);
        await(() -> first.getCount() == 0);
        CacheKey theirs = new CacheKey(0, 1);
        CacheKey own = new CacheKey(0, 2);
        tier.put(theirs, entryOf("blue"), TTL);
        tier.put(own, entryOf("red"), TTL);
        Thread.startVirtualThread(() -> {
            await(() -> tier.report().writes().waiting() == 2); // one entry less, and the removal's own mark
            hanging.countDown();
        });

        assertThat(tier.removeAll(new CacheSelector.InScope("red", new CacheSelector.ByTag("t")))
                        .count())
                .isOne();
        assertThat(tier.remove(theirs, Optional.of("red")).count()).isZero();

        assertThat(sick.entries).containsKey(theirs).doesNotContainKey(own);
    }

    private static CacheEntry entryOf(String scope) {
        return new CacheEntry(new byte[1], Instant.EPOCH, "m", scope, Set.of("t"));
    }

    private void put(int number) {
        tier.put(new CacheKey(0, number), entry(10), TTL);
    }

    private void hang() {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CacheEntry entry(int size) {
        return new CacheEntry(new byte[size], Instant.EPOCH, "m", "", Set.of());
    }
}
