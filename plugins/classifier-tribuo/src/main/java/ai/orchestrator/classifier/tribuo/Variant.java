package ai.orchestrator.classifier.tribuo;

import org.tribuo.classification.sgd.linear.LinearSGDModel;

/**
 * One of the two models in a file: of the text alone, or of the text and its vector.
 *
 * @param model as Tribuo fitted it
 * @param linear the same, as it is used
 */
record Variant(LinearSGDModel model, Linear linear, Platt platt) {
    static Variant of(LinearSGDModel model, Platt platt) {
        return new Variant(model, Linear.of(model), platt);
    }
}
