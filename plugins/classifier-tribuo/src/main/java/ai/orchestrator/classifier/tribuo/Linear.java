package ai.orchestrator.classifier.tribuo;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/**
 * What a fitted model says of each feature: how much more it speaks for the large model being needed than for its doing harm. That
 * difference, of Tribuo's two scores before they become probabilities, is what more calls of the large model gain.
 */
record Linear(Map<String, Double> weights) {
    static Linear of(LinearSGDModel model) {
        DenseMatrix matrix = model.getWeightsCopy();
        int need = model.getOutputIDInfo().getID(new Label(SgdTraining.NEED));
        int harm = model.getOutputIDInfo().getID(new Label(SgdTraining.HARM));
        Map<String, Double> weights = new HashMap<>();
        ImmutableFeatureMap features = model.getFeatureIDMap();
        for (var feature : features) {
            int id = ((VariableIDInfo) feature).getID();
            weights.put(feature.getName(), matrix.get(need, id) - (harm < 0 ? 0 : matrix.get(harm, id)));
        }
        return new Linear(weights);
    }

    double score(Map<String, Double> features) {
        double score = 0;
        for (Map.Entry<String, Double> feature : features.entrySet()) {
            score += feature.getValue() * weight(feature.getKey());
        }
        return score;
    }

    double weight(String feature) {
        return Objects.requireNonNullElse(weights.get(feature), 0.0);
    }
}
