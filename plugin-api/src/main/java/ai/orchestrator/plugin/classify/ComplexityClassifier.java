package ai.orchestrator.plugin.classify;

import ai.orchestrator.plugin.PluginService;

/** Tells how hard a question is. Quick: it stands on the path of every routed request. */
public interface ComplexityClassifier extends PluginService {
    /** Classifies; any text is classified, the empty one too. */
    Classification classify(Question question);
}
