package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.TrainableClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up outcomes in which questions of one kind need the large model far more often than the others. */
final class Samples {
    private static final List<String> HARD =
            List.of("tensor", "manifold", "cohomology", "homotopy", "spectral", "sheaf");
    private static final List<String> EASY = List.of("garden", "kitchen", "holiday", "bicycle", "breakfast", "puppy");
    private static final List<String> REST =
            List.of("which", "of", "the", "following", "about", "is", "most", "likely", "described", "as");

    private Samples() {}

    record Sample(List<Outcome> outcomes, List<float[]> vectors) {}

    static Sample of(int count, long seed) {
        Random random = new Random(seed);
        List<Outcome> outcomes = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean hard = random.nextBoolean();
            boolean needed = random.nextDouble() < (hard ? 0.7 : 0.1);
            boolean both = random.nextDouble() < 0.8;
            boolean harmed = !needed && both && random.nextInt(10) == 0;
            outcomes.add(new Outcome(prompt(hard, random), !needed && both, !harmed && (needed || both)));
            vectors.add(vector(hard, random));
        }
        return new Sample(List.copyOf(outcomes), List.copyOf(vectors));
    }

    static String hard(long seed) {
        return prompt(true, new Random(seed));
    }

    static String easy(long seed) {
        return prompt(false, new Random(seed));
    }

    static float[] vector(boolean hard, Random random) {
        float[] vector = new float[8];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (random.nextGaussian() + (i == 0 ? (hard ? 2 : -2) : 0));
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }

    static TrainableClassifier classifier(Path home, Map<String, Object> settings) {
        return (TrainableClassifier)
                new TribuoClassifierFactory().create(new PluginContext("tribuo", Settings.of(settings), home, "test"));
    }

    private static String prompt(boolean hard, Random random) {
        StringBuilder prompt = new StringBuilder("Which");
        for (int i = 0; i < 20; i++) {
            List<String> words = random.nextInt(3) == 0 ? (hard ? HARD : EASY) : REST;
            prompt.append(' ').append(words.get(random.nextInt(words.size())));
        }
        return prompt.append('?').toString();
    }
}
