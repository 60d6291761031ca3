package ai.orchestrator.classifier.tribuo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weighs grams by how rare they are in the texts that were learnt from. */
record Rarity(Map<String, Float> weights) {
    /** Counts texts, and makes weights of the counts. */
    static final class Learning {
        private final Map<String, Integer> counts = new HashMap<>();
        private int texts;

        void add(Map<String, Integer> grams) {
            grams.keySet().forEach(gram -> counts.merge(gram, 1, Integer::sum));
            texts++;
        }

        /** The weights of the {@code most} grams that most texts have; one of fewer texts than {@code least} is left out, too. */
        Rarity learnt(int least, int most) {
            Map<String, Float> weights = new HashMap<>();
            counts.entrySet().stream()
                    .filter(gram -> gram.getValue() >= least)
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(most)
                    .forEach(gram ->
                            weights.put(gram.getKey(), (float) Math.log((texts + 1) / (gram.getValue() + 0.5))));
            return new Rarity(weights);
        }
    }

    /**
     * Adds the known grams as a vector of this length; none if none is known.
     *
     * @param kind what the features' names begin with
     */
    void weigh(Map<String, Integer> grams, String kind, double length, Map<String, Double> features) {
        List<Map.Entry<String, Double>> weighed = new ArrayList<>();
        double squares = 0;
        for (Map.Entry<String, Integer> gram : grams.entrySet()) {
            Float weight = weights.get(gram.getKey());
            if (weight != null) {
                double value = amount(weight, gram.getValue());
                weighed.add(Map.entry(gram.getKey(), value));
                squares += value * value;
            }
        }
        double factor = length / Math.sqrt(squares);
        weighed.forEach(gram -> features.put(kind + gram.getKey(), gram.getValue() * factor));
    }

    /** What a gram of this weight amounts to that is there so often, before all are brought to a length. */
    static double amount(double weight, int times) {
        return weight * (1 + Math.log(times));
    }
}
