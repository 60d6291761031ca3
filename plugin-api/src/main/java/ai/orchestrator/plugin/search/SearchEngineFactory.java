package ai.orchestrator.plugin.search;

import ai.orchestrator.plugin.PluginFactory;

/** Makes search engines. */
public interface SearchEngineFactory extends PluginFactory<SearchEngine> {}
