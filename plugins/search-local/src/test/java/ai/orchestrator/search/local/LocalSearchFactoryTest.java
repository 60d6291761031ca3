package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalSearchFactoryTest {
    @TempDir
    Path home;

    @Test
    void isChosenByItsKind() {
        assertThat(new LocalSearchFactory().kind()).isEqualTo("local");
    }

    @Test
    void needsNoSettings() {
        assertThat(LocalSearchSettings.read(context(Map.of())))
                .isEqualTo(new LocalSearchSettings(
                        home.resolve("data/documents"),
                        home.resolve("data/search-index"),
                        Duration.ofSeconds(30),
                        new SizeLimits(2 << 20, 20 << 20)));
    }

    @Test
    void readsEverySetting() {
        PluginContext context = context(Map.of(
                "folder",
                "docs",
                "index",
                "data/../data/docs-index",
                "refresh",
                "5m",
                "max_file_size",
                "512KB",
                "max_pdf_size",
                "1MB"));

        assertThat(LocalSearchSettings.read(context))
                .isEqualTo(new LocalSearchSettings(
                        home.resolve("docs"),
                        home.resolve("data/docs-index"),
                        Duration.ofMinutes(5),
                        new SizeLimits(512 << 10, 1 << 20)));
        assertThat(context.settings().unread()).isEmpty();
    }

    @Test
    void createsAnEngine() {
        new LocalSearchFactory().create(context(Map.of())).close();

        assertThat(home.resolve("data/documents")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "refresh, 10ms",
        "refresh, 2d",
        "refresh, often",
        "max_file_size, 100",
        "max_file_size, 1GB",
        "max_file_size, big",
        "max_pdf_size, 1GB",
        "folder, a\0b",
        "index, a\0b"
    })
    void refusesABadSettingByItsName(String name, String value) {
        refuses(name, value);
    }

    @Test
    void refusesAListOfFolders() {
        refuses("folder", List.of("a", "b"));
    }

    private void refuses(String name, Object value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new LocalSearchFactory().create(context(Map.of(name, value))))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(name));
    }

    private PluginContext context(Map<String, Object> settings) {
        return new Library(home).context(settings);
    }
}
