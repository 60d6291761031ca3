package ai.orchestrator.cache.memory;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.testkit.CacheTierContract;
import java.nio.file.Path;
import java.util.Map;

class MemoryCacheTierContractTest extends CacheTierContract {
    @Override
    protected CacheTier newTier() {
        return new MemoryCacheTierFactory()
                .create(new PluginContext("memory", Settings.of(Map.of()), Path.of(""), "test"));
    }
}
