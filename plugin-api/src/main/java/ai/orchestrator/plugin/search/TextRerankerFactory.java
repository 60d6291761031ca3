package ai.orchestrator.plugin.search;

import ai.orchestrator.plugin.PluginFactory;

/** Makes rerankers. */
public interface TextRerankerFactory extends PluginFactory<TextReranker> {}
