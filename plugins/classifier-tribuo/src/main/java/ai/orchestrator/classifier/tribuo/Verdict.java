package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;

/**
 * What a model says of one question.
 *
 * @param need how likely it is that the large model is needed
 * @param familiar how far what was learnt holds for it, 0 to 1; the rest is by the signals
 * @param text what was read
 * @param scorer what the model makes of it
 * @param meaning what the vector adds to the score
 */
record Verdict(double need, double familiar, Reading reading, Text text, TextScorer scorer, double meaning) {}
