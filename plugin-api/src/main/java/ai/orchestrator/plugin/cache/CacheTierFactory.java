package ai.orchestrator.plugin.cache;

import ai.orchestrator.plugin.PluginFactory;

/** Makes cache tiers. */
public interface CacheTierFactory extends PluginFactory<CacheTier> {}
