package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteCacheTierFactoryTest {
    @TempDir
    Path home;

    private final SqliteCacheTierFactory factory = new SqliteCacheTierFactory();

    @Test
    void needsNoSettings() throws Exception {
        try (CacheTier tier = create(Settings.of(Map.of()))) {
            assertThat(factory.kind()).isEqualTo("sqlite");
            assertThat(tier.reach()).isEqualTo(CacheTier.Reach.DISK);
            assertThat(tier.defaultTtl()).isEqualTo(Duration.ofDays(30));
            assertThat(tier.deadline()).isEqualTo(Duration.ofMillis(50));
            assertThat(tier.slowLookup()).isEqualTo(Duration.ofMillis(20));
            assertThat(tier.usage().maxBytes()).isEqualTo(10L * 1024 * 1024 * 1024);
            Eventually.await("the file to be open", () -> tier.health().state() == Health.State.UP);
            assertThat(home.resolve("data/cache.sqlite")).exists();
        }
    }

    @Test
    void readsAllSettings() throws Exception {
        Settings settings = Settings.of(Map.of(
                "path", "here/c.db", "ttl", "5m", "max_size", "3MB", "readers", 1, "deadline", "2s", "slow", "1s"));
        try (CacheTier tier = create(settings)) {
            assertThat(tier.defaultTtl()).isEqualTo(Duration.ofMinutes(5));
            assertThat(tier.deadline()).isEqualTo(Duration.ofSeconds(2));
            assertThat(tier.slowLookup()).isEqualTo(Duration.ofSeconds(1));
            assertThat(tier.usage().maxBytes()).isEqualTo(3L * 1024 * 1024);
            Eventually.await("the file to be open", () -> tier.health().state() == Health.State.UP);
            assertThat(home.resolve("here/c.db")).exists();
        }
        assertThat(settings.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "path,a?b",
        "path,a\0b",
        "ttl,0",
        "ttl,60",
        "max_size,0",
        "max_size,much",
        "readers,0",
        "readers,65",
        "readers,x",
        "deadline,0",
        "slow,0",
        "slow,51ms",
    })
    void refusesABadSettingByItsName(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> create(Settings.of(Map.of(name, value))))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }

    @Test
    void noLookupIsSlowBeforeTheDeadlineThatEndsIt() {
        try (CacheTier tier = create(Settings.of(Map.of("deadline", "5ms")))) {
            assertThat(tier.slowLookup()).isEqualTo(tier.deadline()).isEqualTo(Duration.ofMillis(5));
        }
    }

    private CacheTier create(Settings settings) {
        return factory.create(new PluginContext("sqlite", settings, home, "test"));
    }
}
