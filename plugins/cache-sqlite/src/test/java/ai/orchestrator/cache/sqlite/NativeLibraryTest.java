package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.CacheTierFactory;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.IsolatedClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** SQLite's library is unpacked into a folder before it is loaded, which may not be possible. */
class NativeLibraryTest {
    private static final String FOLDER = "org.sqlite.tmpdir";

    @TempDir
    Path home;

    @AfterEach
    void unpackWhereItIsUsual() {
        System.clearProperty(FOLDER);
    }

    @Test
    void isDownWithoutTheLibraryAndComesBackByItself() throws Exception {
        Path folder = home.resolve("later");
        System.setProperty(FOLDER, folder.toString());

        try (IsolatedClassLoader plugin = new IsolatedClassLoader(SqliteCacheTierFactory.class, JDBC.class);
                CacheTier tier = tier(plugin)) {
            PluginFailure failure = catchThrowableOfType(
                    PluginFailure.class, () -> tier.put(TestTiers.key(1), TestTiers.entry("one"), TestTiers.LONG));

            assertThat(failure)
                    .hasMessage("The cache file cache.sqlite cannot be opened: SQLite's native library does not load.");
            assertThat(failure.code()).isEqualTo(FailureCode.NOT_INSTALLED);
            assertThat(tier.health()).isEqualTo(Health.down(failure.getMessage()));

            Files.createDirectory(folder);
            Eventually.await("the library to be loaded", () -> tier.health().equals(Health.up()));
            tier.put(TestTiers.key(1), TestTiers.entry("one"), TestTiers.LONG);
            assertThat(tier.get(TestTiers.key(1))).contains(TestTiers.entry("one"));
        }
    }

    private CacheTier tier(IsolatedClassLoader plugin) throws Exception {
        CacheTierFactory factory = (CacheTierFactory) plugin.loadClass(SqliteCacheTierFactory.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        return factory.create(new PluginContext("sqlite", Settings.of(Map.of()), home, "test"));
    }
}
