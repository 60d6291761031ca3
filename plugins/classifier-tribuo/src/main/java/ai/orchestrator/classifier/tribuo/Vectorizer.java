package ai.orchestrator.classifier.tribuo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a text into features: words and word pairs, parts of words, shape, and its vector, each kind in the size that it is to weigh.
 *
 * @param embeddingMean the mean of the vectors that were learnt from; of no length if there were none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Vectorizer(Rarity words, Rarity parts, Scale shape, float[] embeddingMean) {
    static final String WORD = "word ";
    static final String PART = "part ";
    static final String SHAPE = "shape ";
    static final String EMBEDDING = "embedding ";

    static final double WORD_LENGTH = 1.2;
    static final double PART_LENGTH = 0.5;
    private static final double EMBEDDING_LENGTH = 0.85;
    private static final double SHAPE_LENGTH = 0.25;
    private static final int FEWEST_TEXTS_OF_A_WORD = 3;
    private static final int MOST_WORDS = 8000;
    private static final int MOST_PARTS = 4000;
    private static final int FEWEST_TEXTS_OF_A_PART = 8;

    /** @param texts are gone through once, and need not be kept */
    static Vectorizer learn(Iterable<Text> texts, List<float[]> embeddings) {
        Rarity.Learning words = new Rarity.Learning();
        Rarity.Learning parts = new Rarity.Learning();
        List<double[]> shapes = new ArrayList<>();
        for (Text text : texts) {
            words.add(text.grams());
            parts.add(text.parts());
            shapes.add(shape(text));
        }
        return new Vectorizer(
                words.learnt(FEWEST_TEXTS_OF_A_WORD, MOST_WORDS),
                parts.learnt(FEWEST_TEXTS_OF_A_PART, MOST_PARTS),
                Scale.learn(shapes),
                mean(embeddings));
    }

    /** The features of a text alone. */
    Map<String, Double> features(Text text) {
        Map<String, Double> features = new HashMap<>();
        words.weigh(text.grams(), WORD, WORD_LENGTH, features);
        parts.weigh(text.parts(), PART, PART_LENGTH, features);
        for (ShapeFeature feature : ShapeFeature.values()) {
            features.put(SHAPE + feature, amount(feature, text));
        }
        return features;
    }

    /** How much of a shape's feature a text has, beside what is usual. */
    double amount(ShapeFeature feature, Text text) {
        return SHAPE_LENGTH * feature.scale() * shape.apply(feature.ordinal(), feature.of(text));
    }

    /** The features of a text's vector. */
    Map<String, Double> features(float[] embedding) {
        Map<String, Double> features = HashMap.newHashMap(embedding.length);
        for (int i = 0; i < embeddingMean.length; i++) {
            features.put(EMBEDDING + i, EMBEDDING_LENGTH * (embedding[i] - embeddingMean[i]));
        }
        return features;
    }

    /** The part of a text's words and word pairs that are known, 0 to 1. */
    double known(Text text) {
        Map<String, Integer> grams = text.grams();
        long known =
                grams.keySet().stream().filter(words.weights()::containsKey).count();
        return grams.isEmpty() ? 0 : known / (double) grams.size();
    }

    private static double[] shape(Text text) {
        double[] amounts = new double[ShapeFeature.values().length];
        for (ShapeFeature feature : ShapeFeature.values()) {
            amounts[feature.ordinal()] = feature.of(text);
        }
        return amounts;
    }

    private static float[] mean(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            return new float[0];
        }
        double[] sum = new double[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / vectors.size());
        }
        return mean;
    }
}
