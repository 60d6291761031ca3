package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheTierContractTest extends CacheTierContract {
    @TempDir
    Path home;

    @Override
    protected CacheTier newTier() throws Exception {
        Path folder = Files.createTempDirectory(home, "tier");
        return new SqliteCacheTierFactory().create(new PluginContext("sqlite", Settings.of(Map.of()), folder, "test"));
    }
}
