package ai.orchestrator.classifier.tribuo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.classifier.tribuo.Samples.Sample;
import ai.orchestrator.plugin.classify.Question;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;

class ModelFileTest {
    private static final int HEADER = "AI Orchestrator classifier 3\n".length();
    private static final Sample SAMPLE = Samples.of(100, 3);
    private static final TrainedModel MODEL =
            ModelTraining.train(SAMPLE.outcomes(), SAMPLE.vectors(), "samples", Map.of("trained on", "samples"));

    @Test
    void reads_what_it_wrote() throws Exception {
        TrainedModel read = ModelFile.read(ModelFile.write(MODEL));

        assertThat(read.card()).isEqualTo(MODEL.card());
        for (int i = 0; i < 50; i++) {
            Question question = Question.of(SAMPLE.outcomes().get(i).prompt());
            Optional<float[]> vector = Optional.of(SAMPLE.vectors().get(i));
            assertThat(read.judge(question).need())
                    .isEqualTo(MODEL.judge(question).need());
            assertThat(read.judge(question, vector).need())
                    .isEqualTo(MODEL.judge(question, vector).need());
        }
    }

    @Test
    void refuses_what_is_no_model() {
        assertRefused(new byte[0], "no model file");
        assertRefused("x".repeat(10_000).getBytes(StandardCharsets.UTF_8), "no model file");
    }

    @Test
    void refuses_a_file_that_is_cut_anywhere() {
        byte[] file = ModelFile.write(MODEL);
        for (int length = 0; length < file.length; length += Math.max(1, file.length / 50)) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(BadModelFileException.class).isThrownBy(() -> ModelFile.read(cut));
        }
    }

    @Test
    void refuses_a_file_with_another_byte_anywhere() {
        byte[] file = ModelFile.write(MODEL);
        for (int place = 0; place < file.length; place += Math.max(1, file.length / 50)) {
            byte[] changed = file.clone();
            changed[place] ^= 1;
            assertThatExceptionOfType(BadModelFileException.class).isThrownBy(() -> ModelFile.read(changed));
        }
    }

    @Test
    void refuses_a_file_of_another_release() {
        byte[] file = ModelFile.write(MODEL);
        file[HEADER - 2] = '1';

        assertRefused(file, "another release");
    }

    /** The sum is right, and nothing else. */
    @Test
    void refuses_contents_that_are_none() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(packed))) {
            out.writeInt(0);
            out.writeInt(Integer.MAX_VALUE);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("AI Orchestrator classifier 3\n".getBytes(StandardCharsets.US_ASCII));
        file.write(MessageDigest.getInstance("SHA-256").digest(packed.toByteArray()));
        file.write(packed.toByteArray());

        assertRefused(file.toByteArray(), "does not hold what a model has to");
    }

    /** What Tribuo adds to every text's score alike falls out of a difference. */
    @Test
    void scores_as_tribuo_does() {
        Map<String, Double> one = features(0);
        Map<String, Double> two = features(1);
        Linear linear = MODEL.text().linear();

        assertThat(linear.score(Map.of())).isZero();
        assertThat(linear.score(one) - linear.score(two)).isCloseTo(byTribuo(one) - byTribuo(two), within(1e-9));
    }

    @Test
    void reads_a_text_as_its_features_say() {
        for (int row : new int[] {0, 1, 7}) {
            assertThat(MODEL.scorer().score(Text.of(SAMPLE.outcomes().get(row).prompt())))
                    .isCloseTo(MODEL.text().linear().score(features(row)), within(1e-9));
        }
    }

    private static Map<String, Double> features(int row) {
        return MODEL.vectorizer().features(Text.of(SAMPLE.outcomes().get(row).prompt()));
    }

    private static double byTribuo(Map<String, Double> features) {
        Map<String, Label> scores = MODEL.text()
                .model()
                .predict(SgdTraining.example(features, new Label(SgdTraining.NEED)))
                .getOutputScores();
        double need = requireNonNull(scores.get(SgdTraining.NEED)).getScore();
        double harm = requireNonNull(scores.get(SgdTraining.HARM)).getScore();
        return Math.log(need / harm);
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatExceptionOfType(BadModelFileException.class)
                .isThrownBy(() -> ModelFile.read(file))
                .withMessageContaining(reason);
    }
}
