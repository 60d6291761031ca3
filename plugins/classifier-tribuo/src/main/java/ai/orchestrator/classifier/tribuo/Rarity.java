package ai.orchestrator.classifier.tribuo;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Weighs grams by how rare they are in the texts that were learnt from. */
record Rarity(Map<String, Float> weights) {
    /** Learns the weights; a gram of fewer texts than {@code least} has none, and is never seen again. */
    static Rarity learn(Collection<Map<String, Integer>> texts, int least) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> text.keySet().forEach(gram -> counts.merge(gram, 1, Integer::sum)));
        Map<String, Float> weights = new HashMap<>();
        counts.forEach((gram, count) -> {
            if (count >= least) {
                weights.put(gram, (float) Math.log((texts.size() + 1) / (count + 0.5)));
            }
        });
        return new Rarity(weights);
    }

    /** The known grams, as a vector of this length; empty if none is known. */
    Map<String, Double> weigh(Map<String, Integer> grams, double length) {
        Map<String, Double> weighed = new HashMap<>();
        double squares = 0;
        for (Map.Entry<String, Integer> gram : grams.entrySet()) {
            Float weight = weights.get(gram.getKey());
            if (weight != null) {
                double value = weight * (1 + Math.log(gram.getValue()));
                weighed.put(gram.getKey(), value);
                squares += value * value;
            }
        }
        double factor = length / Math.sqrt(squares);
        weighed.replaceAll((gram, value) -> value * factor);
        return weighed;
    }
}
