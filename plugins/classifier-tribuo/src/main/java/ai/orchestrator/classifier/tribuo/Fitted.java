package ai.orchestrator.classifier.tribuo;

import org.tribuo.classification.sgd.linear.LinearSGDModel;

/**
 * A linear model.
 *
 * @param model as Tribuo fitted it, and keeps it
 * @param linear the same, as it is used
 */
record Fitted(LinearSGDModel model, Linear linear) {
    static Fitted of(LinearSGDModel model) {
        return new Fitted(model, Linear.of(model));
    }
}
