package ai.orchestrator.plugin.embed;

import ai.orchestrator.plugin.PluginFactory;

/** Makes embedding providers. */
public interface EmbeddingProviderFactory extends PluginFactory<EmbeddingProvider> {}
