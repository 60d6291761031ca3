package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;
import java.util.Map;

/**
 * What a model says of one question.
 *
 * @param need how likely it is that the large model is needed
 * @param familiar how far what was learnt holds for it, 0 to 1; the rest is by the signals
 * @param features what the model saw
 * @param linear what it makes of them
 * @param meaning what the vector adds to their score
 */
record Verdict(
        double need, double familiar, Reading reading, Map<String, Double> features, Linear linear, double meaning) {}
