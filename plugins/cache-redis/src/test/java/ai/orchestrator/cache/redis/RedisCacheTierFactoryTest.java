package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisCacheTierFactoryTest {
    private final RedisCacheTierFactory factory = new RedisCacheTierFactory();

    @Test
    void isSwitchedOffWithoutAUrl() throws Exception {
        Settings settings = Settings.of(
                Map.of("url", " ", "ttl", "2h", "timeout", "1s", "pool_size", 2, "prefix", "p:", "deadline", "1s"));
        try (CacheTier tier = create(settings)) {
            CacheKey key = new CacheKey(1, 2);
            tier.put(key, new CacheEntry(new byte[1], Instant.EPOCH, "m", "", Set.of()), Duration.ofHours(1));

            assertThat(tier.get(key)).isEmpty();
            assertThat(tier.remove(key)).isFalse();
            assertThat(tier.removeAll(new CacheSelector.All())).isZero();
            assertThat(tier.usage()).isEqualTo(new TierUsage(0, 0, -1, 0));
            assertThat(tier.health()).isEqualTo(new Health(Health.State.UP, "Switched off: no url is configured."));
            assertThat(tier.defaultTtl()).isEqualTo(Duration.ofHours(2));
        }
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void hasDefaultsForAllButTheUrl() throws Exception {
        try (CacheTier tier = create(Settings.of(Map.of("url", "redis://127.0.0.1:1")))) {
            assertThat(factory.kind()).isEqualTo("redis");
            assertThat(tier.reach()).isEqualTo(CacheTier.Reach.SHARED);
            assertThat(tier.defaultTtl()).isEqualTo(Duration.ofHours(1));
            assertThat(tier.deadline()).isEqualTo(Duration.ofMillis(30));
            assertThat(tier.slowLookup()).isEqualTo(Duration.ofMillis(10));
            assertThat(tier.usage()).isEqualTo(new TierUsage(-1, -1, -1, 0));
        }
    }

    @Test
    void readsAllSettings() throws Exception {
        Settings settings = Settings.of(Map.of(
                "url",
                "rediss-sentinel://user:secret@127.0.0.1:1/7?master=m",
                "sentinel_user",
                "watcher",
                "sentinel_password",
                "secret",
                "deadline",
                "200ms",
                "slow",
                "100ms",
                "ttl",
                "5m",
                "timeout",
                "1s",
                "pool_size",
                2,
                "prefix",
                "p:"));
        try (CacheTier tier = create(settings)) {
            assertThat(tier.defaultTtl()).isEqualTo(Duration.ofMinutes(5));
            assertThat(tier.deadline()).isEqualTo(Duration.ofMillis(200));
            assertThat(tier.slowLookup()).isEqualTo(Duration.ofMillis(100));
        }
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void keepsDefaultsWithinAShortTimeout() throws Exception {
        try (CacheTier tier = create(Settings.of(Map.of("url", "redis://127.0.0.1:1", "timeout", "5ms")))) {
            assertThat(tier.deadline()).isEqualTo(Duration.ofMillis(5));
            assertThat(tier.slowLookup()).isEqualTo(Duration.ofMillis(5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ttl,0",
        "ttl,60",
        "timeout,0",
        "timeout,2m",
        "timeout,soon",
        "deadline,0",
        "deadline,251ms",
        "slow,0",
        "slow,31ms",
        "pool_size,0",
        "pool_size,1001",
        "pool_size,x",
    })
    void refusesABadSettingByItsName(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> create(Settings.of(Map.of(name, value))))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }

    private CacheTier create(Settings settings) {
        return factory.create(new PluginContext("redis", settings, Path.of(""), "test"));
    }
}
