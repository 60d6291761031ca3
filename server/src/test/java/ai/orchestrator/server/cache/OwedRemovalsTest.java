package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwedRemovalsTest {
    private static final CacheKey RED = new CacheKey(1, 1);
    private static final CacheKey BLUE = new CacheKey(1, 2);
    private static final CacheKey SHARED = new CacheKey(1, 3);

    private final FakeTier tier = new FakeTier(CacheTier.Reach.SHARED, Duration.ofHours(1));
    private final OwedRemovals owed = new OwedRemovals(tier);

    @Test
    void aRemovalKeepsItsScope() {
        fill();
        owe(BLUE, "red");
        owe(SHARED, "red");
        owed.add(new CacheSelector.InScope("red", new CacheSelector.ByModel("m")), () -> {});

        assertThat(owed.settle(() -> {})).isTrue();
        assertThat(tier.entries).containsOnlyKeys(BLUE, SHARED);
        assertThat(owed.count()).isZero();
    }

    @Test
    void oneTenantsManyRemovalsWidenToThatTenantsEntriesOnly() {
        fill();
        for (int i = 0; i < 1_001; i++) {
            owe(new CacheKey(2, i), "red");
        }
        assertThat(owed.count()).isOne();

        owed.settle(() -> {});
        assertThat(tier.entries).containsOnlyKeys(BLUE, SHARED);
    }

    @Test
    void oneTenantsRemovalsDoNotCountAgainstTheOthers() {
        fill();
        for (int i = 0; i < 1_000; i++) {
            owe(new CacheKey(2, i), "red");
        }
        owe(new CacheKey(3, 1), "blue");
        owed.add(new CacheKey(3, 2), Optional.empty(), () -> {});
        assertThat(owed.count()).isEqualTo(1_002);

        owed.settle(() -> {});
        assertThat(tier.entries).containsOnlyKeys(RED, BLUE, SHARED);
    }

    @Test
    void manyThatAreOfAnyScopeWidenToEverything() {
        fill();
        owe(new CacheKey(2, 1), "red");
        for (int i = 0; i < 1_001; i++) {
            owed.add(new CacheKey(3, i), Optional.empty(), () -> {});
        }
        assertThat(owed.count()).isOne();

        owed.settle(() -> {});
        assertThat(tier.entries).isEmpty();
    }

    private void fill() {
        tier.entries.put(RED, entry("red"));
        tier.entries.put(BLUE, entry("blue"));
        tier.entries.put(SHARED, entry(""));
    }

    private void owe(CacheKey key, String scope) {
        owed.add(key, Optional.of(scope), () -> {});
    }

    private static CacheEntry entry(String scope) {
        return new CacheEntry(new byte[1], Instant.EPOCH, "m", scope, Set.of("t"));
    }
}
