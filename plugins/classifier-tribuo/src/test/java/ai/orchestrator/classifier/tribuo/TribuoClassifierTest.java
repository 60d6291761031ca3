package ai.orchestrator.classifier.tribuo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.testkit.ComplexityClassifierContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classifier as it is shipped, with the model that comes with it. */
class TribuoClassifierTest extends ComplexityClassifierContract {
    @TempDir
    static Path home;

    @Override
    protected ComplexityClassifier open() {
        return Samples.classifier(home, Map.of());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "everyday.tsv", delimiter = '\t', quoteCharacter = '\0')
    void finds_everyday_prompts_as_hard_as_they_are(String language, Complexity expected, String prompt) {
        assertThat(classifier().classify(Question.of(prompt)).complexity())
                .as(language)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "thanks", "Thank you so much!", "ok", "good morning", "😀", "bye"})
    void finds_small_talk_easy(String prompt) {
        assertThat(classifier().classify(Question.of(prompt)).complexity()).isEqualTo(Complexity.LOW);
    }

    @Test
    void says_how_likely_it_is_that_a_small_model_fails_and_why() {
        Classification proof = classifier().classify(Question.of("Prove that there are infinitely many primes."));

        assertThat(proof.reasons().getFirst())
                .matches("a small model fails where a large one does not with a .* of \\d+%");
        assertThat(proof.reasons()).contains("asks for a proof or a derivation");
    }

    @Test
    void takes_a_vector_of_another_model_for_none() {
        Question question = Question.of("What is the tallest mountain in Europe?");

        assertThat(classifier().classify(question, new float[3]))
                .isEqualTo(classifier().classify(question));
    }

    @Test
    void tells_where_its_model_is_from() {
        assertThat(((TribuoClassifier) classifier()).card())
                .containsKeys("model", "trained on", "outcomes", "date", "trainer", "scores")
                .hasEntrySatisfying("model", model -> assertThat(model).endsWith("comes with the plugin"));
        assertThat(classifier().health().detail()).contains("comes with the plugin");
        ComplexityClassifier other = open();
        assertThat(other.health().state()).isEqualTo(Health.State.STARTING);
        other.close();
    }
}
