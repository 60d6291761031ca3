package ai.orchestrator.plugin.model;

import ai.orchestrator.plugin.PluginFactory;

/** Makes model providers. */
public interface ModelProviderFactory extends PluginFactory<ModelProvider> {}
