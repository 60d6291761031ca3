package ai.orchestrator.classifier.rules;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.testkit.ComplexityClassifierContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesClassifierTest extends ComplexityClassifierContract {
    private static final String PROMPTS = "prompts.tsv";

    @Override
    protected ComplexityClassifier open() {
        return new RulesClassifierFactory()
                .create(new PluginContext("rules", Settings.of(Map.of()), Path.of("."), "test"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = PROMPTS, delimiter = '\t', quoteCharacter = '\0')
    void tells_how_hard_a_prompt_is(String language, Complexity expected, String prompt) {
        assertThat(classify(prompt).complexity()).as(language).isEqualTo(expected);
    }

    /** Of each language that the word lists cover, the table above has every class. */
    @Test
    void has_an_example_of_every_class_in_every_language() throws IOException {
        Pattern tab = Pattern.compile("\t");
        try (InputStream file = RulesClassifierTest.class.getResourceAsStream(PROMPTS)) {
            Map<String, Set<String>> classes = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> List.of(tab.split(line, -1)))
                    .collect(groupingBy(List::getFirst, mapping(row -> row.get(1), toSet())));

            assertThat(List.of("en", "de", "fr", "es", "it", "pt", "zh", "ja"))
                    .allSatisfy(language -> assertThat(classes.get(language)).contains("LOW", "MEDIUM", "HIGH"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hi!",
                "Translate 'good night' into French.",
                "Who wrote Middlemarch?",
                "Was kostet das heute?",
                "Écris un petit poème sur la mer.",
                "什么是光合作用？",
                "```\nint i = 0;\n```",
            })
    void is_never_made_easier_by_further_demands(String prompt) {
        String text = prompt;
        Complexity before = classify(text).complexity();
        for (String demand : List.of(
                " Compare at least three ways.",
                " Each answer must be justified.",
                " Analyse the trade-offs step by step.",
                " Prove that your choice is correct.",
                " Ensure that it handles at most 10,000 requests a second.",
                "\n```java\nclass Limiter {\n    int count;\n}\n```\n")) {
            text += demand;
            Complexity after = classify(text).complexity();
            assertThat(after).as(text).isGreaterThanOrEqualTo(before);
            before = after;
        }
        assertThat(before).isEqualTo(Complexity.HIGH);
    }

    @Test
    void finds_a_long_text_hard_whatever_it_says() {
        assertThat(classify("The committee met again and heard the witness. ".repeat(500))
                        .complexity())
                .isEqualTo(Complexity.HIGH);
        assertThat(classify("委员会再次开会并听取了证人的证词。".repeat(500)).complexity()).isEqualTo(Complexity.HIGH);
    }

    @Test
    void finds_a_little_code_less_hard_than_much() {
        assertThat(classify("int i = 0;\nfoo(i);").complexity()).isEqualTo(Complexity.MEDIUM);
        assertThat(classify("int i = 0;\nfoo(i);\n".repeat(50)).complexity()).isEqualTo(Complexity.HIGH);
    }

    @Test
    void finds_emoji_and_nothing_at_all_easy() {
        assertThat(classify("😀🎉").complexity()).isEqualTo(Complexity.LOW);
        assertThat(classify("").complexity()).isEqualTo(Complexity.LOW);
    }

    @Test
    void looks_at_what_the_request_brings_along() {
        String prompt = "Give me a synonym for happy.";
        Complexity images =
                classify(new Question(prompt, "", 0, 30, false, true, false)).complexity();
        Complexity toolsAndJson =
                classify(new Question("Do it.", "", 0, 30, true, false, true)).complexity();
        Complexity longConversation = classify(new Question("And then?", "", 60, 100_000, false, false, false))
                .complexity();

        assertThat(classify(prompt).complexity()).isEqualTo(Complexity.LOW);
        assertThat(classify(new Question("Do it.", "", 0, 30, true, false, false))
                        .complexity())
                .isEqualTo(Complexity.LOW);
        assertThat(images).isEqualTo(Complexity.LOW);
        assertThat(toolsAndJson).isEqualTo(Complexity.HIGH);
        assertThat(longConversation).isEqualTo(Complexity.MEDIUM);
    }

    @Test
    void names_what_spoke_for_its_verdict_with_the_weightiest_first() {
        assertThat(classify("Prove that the latest claim of Fermat holds.").reasons())
                .containsExactly(
                        "asks for a proof or a derivation",
                        "asks for something that changes with time",
                        "names somebody or something");
        assertThat(classify("Hi there!").reasons()).containsExactly("small talk");
        assertThat(classify("Trees are green.").reasons()).containsExactly("nothing that makes it hard");
    }

    @Test
    void is_surer_the_further_the_points_are_from_a_threshold() {
        double close = classify("Tell me something about Paris.").confidence();
        double far = classify("Prove it, and analyse and evaluate the design of the algorithm.")
                .confidence();

        assertThat(close).isEqualTo(0.5);
        assertThat(far).isBetween(0.95, 1.0);
    }

    private Classification classify(String text) {
        return classify(Question.of(text));
    }

    private Classification classify(Question question) {
        return classifier().classify(question);
    }
}
