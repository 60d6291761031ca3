package ai.orchestrator.classifier.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.classifier.tribuo.Samples.Sample;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.classify.TrainableClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final Sample SAMPLE = Samples.of(400, 1);

    @TempDir
    Path home;

    private final List<TrainableClassifier> opened = new ArrayList<>();

    private TrainableClassifier open(Path folder, Map<String, Object> settings) {
        opened.add(Samples.classifier(folder, settings));
        return opened.getLast();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (TrainableClassifier classifier : opened) {
            classifier.close();
        }
    }

    @Test
    void learns_which_questions_need_the_large_model_and_keeps_that_for_the_next_start() {
        TrainableClassifier classifier = open(home, Map.of());
        classifier.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");

        assertLearnt(classifier);
        assertLearnt(open(home, Map.of()));
        assertThat(classifier.card().get("trained on")).isEqualTo("samples");
        assertThat(classifier.card().get("model")).endsWith("trained here, in classifier.model");
        assertThat(home.resolve("data")).isDirectoryContaining("glob:**/classifier.model");
    }

    private static void assertLearnt(TrainableClassifier classifier) {
        for (int i = 0; i < 20; i++) {
            Question hard = Question.of(Samples.hard(1000 + i));
            Question easy = Question.of(Samples.easy(1000 + i));
            Random random = new Random(i);
            assertThat(classifier.need(hard)).isGreaterThan(classifier.need(easy));
            assertThat(classifier.need(hard, Samples.vector(true, random)))
                    .isGreaterThan(classifier.need(easy, Samples.vector(false, random)));
            assertThat(classifier.classify(hard).complexity()).isEqualTo(Complexity.HIGH);
        }
    }

    @Test
    void gives_probabilities_that_come_true() {
        TrainableClassifier classifier = open(home, Map.of());
        classifier.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");
        Sample others = Samples.of(1000, 2);
        double hard = mean(classifier, others, true);
        double easy = mean(classifier, others, false);

        assertThat(hard).isBetween(0.6, 0.8);
        assertThat(easy).isBetween(0.03, 0.2);
    }

    /** Of the likelier half, or of the other. */
    private static double mean(TrainableClassifier classifier, Sample sample, boolean likelier) {
        double[] needs = IntStream.range(0, sample.outcomes().size())
                .mapToDouble(i -> classifier.need(
                        Question.of(sample.outcomes().get(i).prompt()),
                        sample.vectors().get(i)))
                .sorted()
                .toArray();
        int half = needs.length / 2;
        return IntStream.range(0, half)
                .mapToDouble(i -> needs[likelier ? half + i : i])
                .average()
                .orElseThrow();
    }

    @Test
    void learns_the_same_from_the_same_outcomes() {
        TrainableClassifier one = open(home.resolve("one"), Map.of());
        TrainableClassifier two = open(home.resolve("two"), Map.of());
        one.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");
        two.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");

        for (int i = 0; i < 20; i++) {
            Question question = Question.of(Samples.hard(i));
            assertThat(two.need(question)).isEqualTo(one.need(question));
        }
    }

    @Test
    void learns_without_vectors_too() {
        TrainableClassifier classifier = open(home, Map.of("embedding", "none"));
        classifier.train(SAMPLE.outcomes(), List.of(), "samples");
        Question hard = Question.of(Samples.hard(7));

        assertThat(classifier.need(hard)).isGreaterThan(classifier.need(Question.of(Samples.easy(7))));
        assertThat(classifier.need(hard, new float[8])).isEqualTo(classifier.need(hard));
        assertThat(classifier.embeddingModel()).isEmpty();
    }

    @Test
    void refuses_too_little_to_learn_from_and_leaves_the_model_as_it_is() {
        TrainableClassifier classifier = open(home, Map.of());
        List<Outcome> alike = Collections.nCopies(200, new Outcome("Which of these?", true, true));
        List<Outcome> needed = Collections.nCopies(200, new Outcome("Which of these?", false, true));

        assertRefused(classifier, SAMPLE.outcomes().subList(0, 49), "49 outcomes");
        assertRefused(classifier, alike, "needed in 0 of 200");
        assertRefused(classifier, needed, "needed in 200 of 200");
        assertThat(home.resolve("data/classifier.model")).doesNotExist();
    }

    private static void assertRefused(TrainableClassifier classifier, List<Outcome> outcomes, String message) {
        assertThatExceptionOfType(PluginFailure.class)
                .isThrownBy(() -> classifier.train(outcomes, List.of(), "samples"))
                .withMessageContaining(message);
    }

    @Test
    void says_why_it_could_not_write() throws Exception {
        Files.writeString(home.resolve("data"), "in the way");
        TrainableClassifier classifier = open(home, Map.of());

        assertThatExceptionOfType(PluginFailure.class)
                .isThrownBy(() -> classifier.train(SAMPLE.outcomes(), List.of(), "samples"))
                .withMessageContaining("classifier.model could not be written");
    }

    @Test
    void keeps_a_moved_threshold_for_that_model_only() {
        TrainableClassifier classifier = open(home, Map.of());
        assertThat(classifier.threshold().highAbove()).isEqualTo(Tiers.HIGH_ABOVE);
        assertThat(classifier.moveThreshold(0.01).highAbove()).isEqualTo(0.01);

        Question question = Question.of("Tell me about trees and why they lose their leaves.");
        assertThat(classifier.classify(question).complexity()).isEqualTo(Complexity.HIGH);
        assertThat(open(home, Map.of()).threshold().highAbove()).isEqualTo(0.01);

        classifier.train(SAMPLE.outcomes(), List.of(), "samples");
        assertThat(classifier.threshold().highAbove()).isEqualTo(Tiers.HIGH_ABOVE);
    }

    @Test
    void lets_the_threshold_of_the_settings_win() {
        TrainableClassifier classifier = open(home, Map.of("high_above", 0.6));

        assertThat(classifier.moveThreshold(0.1)).isEqualTo(new TrainableClassifier.Threshold(0.6, true));
    }

    @Test
    void takes_over_what_another_process_trained() throws Exception {
        CurrentModelTest.Ticking clock = new CurrentModelTest.Ticking();
        ModelStore store = new ModelStore(home.resolve("data/classifier.model"));
        CurrentModel current = new CurrentModel(store, clock);
        String before = current.get().fingerprint();
        open(home, Map.of()).train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");

        clock.advance();
        CurrentModelTest.eventually(() -> !current.get().fingerprint().equals(before));
        assertThat(current.health().detail()).contains("trained here");
        current.close();
    }

    /** Tribuo promises nothing of the kind. */
    @Test
    void judges_from_many_threads_as_from_one() throws Exception {
        TrainableClassifier classifier = open(home, Map.of());
        classifier.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples");
        List<Double> expected = needs(classifier);

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<Double>>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(threads.submit(() -> needs(classifier)));
            }
            for (Future<List<Double>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    private static List<Double> needs(TrainableClassifier classifier) {
        return IntStream.range(0, 100)
                .mapToObj(i -> classifier.need(
                        Question.of(SAMPLE.outcomes().get(i).prompt()),
                        SAMPLE.vectors().get(i)))
                .toList();
    }
}
