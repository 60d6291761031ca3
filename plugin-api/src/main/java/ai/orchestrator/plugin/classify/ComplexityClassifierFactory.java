package ai.orchestrator.plugin.classify;

import ai.orchestrator.plugin.PluginFactory;

/** Makes complexity classifiers. */
public interface ComplexityClassifierFactory extends PluginFactory<ComplexityClassifier> {}
