package ai.orchestrator.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCacheTierFactoryTest {
    private final MemoryCacheTierFactory factory = new MemoryCacheTierFactory();

    @Test
    void needsNoSettings() {
        CacheTier tier = create(Settings.of(Map.of()));

        assertThat(factory.kind()).isEqualTo("memory");
        assertThat(tier.reach()).isEqualTo(CacheTier.Reach.MEMORY);
        assertThat(tier.defaultTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(tier.usage().maxBytes()).isEqualTo(256L * 1024 * 1024);
    }

    @Test
    void readsAllSettings() {
        Settings settings = Settings.of(Map.of("max_size", "3MB", "ttl", "5m"));

        CacheTier tier = create(settings);

        assertThat(tier.defaultTtl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(tier.usage().maxBytes()).isEqualTo(3L * 1024 * 1024);
        assertThat(settings.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"max_size,0", "max_size,much", "max_size,-1", "ttl,0", "ttl,0s", "ttl,60"})
    void refusesABadSettingByItsName(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> create(Settings.of(Map.of(name, value))))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }

    private CacheTier create(Settings settings) {
        return factory.create(new PluginContext("memory", settings, Path.of(""), "test"));
    }
}
