package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ComplexityClassifier} keeps. A plugin's test extends it and says how to open a classifier; one is opened
 * for the whole class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ComplexityClassifierContract {
    private static final int PATIENCE_SECONDS = 60;
    private static final int LARGEST_TEXT = 2 * 1024 * 1024;

    private ComplexityClassifier classifier;

    /** For JUnit: what is under test comes from {@link #open}, before the first test. */
    @SuppressWarnings("NullAway.Init")
    protected ComplexityClassifierContract() {}

    /** A new classifier, as its factory makes it. May be open beside others. */
    protected abstract ComplexityClassifier open();

    /** The classifier that the tests share. */
    protected final ComplexityClassifier classifier() {
        return classifier;
    }

    @BeforeAll
    void openClassifier() {
        classifier = open();
    }

    @AfterAll
    void closeClassifier() {
        classifier.close();
    }

    /** Texts of every kind that a client may send. */
    static Stream<String> texts() {
        return Stream.of(
                "",
                " \n\t\r ",
                "Hello!",
                "What is the tallest mountain in Europe?",
                "Prove that there are infinitely many primes.",
                "Schreibe eine Funktion, die eine Liste sortiert.",
                "你好，请问今天天气怎么样？",
                "ما هي عاصمة فرنسا؟",
                "👩‍👩‍👧‍👦🇨🇭🤷🏽‍♀️",
                "?",
                "12345 67.8 -9e10",
                "\u0000\u0001\u001b[31m\u200b\uFEFF",
                "half a pair: \uD83D, the other half: \uDE00",
                "{\"a\": [1, 2, {\"b\": null}]}",
                "```java\nint i = 0;\n```",
                "((((((((((((((((((((",
                "e\u0301\u0301\u0301\u0301\u0301");
    }

    /** Long texts: what backtracks, recurses or counts without bounds fails on one of them. */
    static Stream<String> longTexts() {
        return Stream.of(
                        "a",
                        " ",
                        "\n",
                        "word ",
                        "Name ",
                        "a,",
                        "aA1",
                        "1.",
                        "?",
                        "```\n",
                        "- item\n",
                        "x = (y);\n",
                        "中",
                        "\u0301",
                        "((",
                        "\\frac{")
                .map(part -> part.repeat(LARGEST_TEXT / part.length()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void classifies_any_text(String text) {
        assertWellFormed(classifier.classify(Question.of(text)));
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void classifies_the_longest_texts(String text) {
        assertWellFormed(classifier.classify(Question.of(text)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void takes_odd_instructions_and_any_circumstances(String text) {
        assertWellFormed(classifier.classify(new Question("Hello!", text, 0, 6, false, false, false)));
        assertWellFormed(classifier.classify(new Question(text, text, 40, 200_000, true, true, true)));
        assertWellFormed(
                classifier.classify(new Question(text, "", Integer.MAX_VALUE, Integer.MAX_VALUE, false, true, false)));
    }

    @Test
    void gives_the_same_verdict_each_time_and_from_each_instance() {
        ComplexityClassifier other = open();
        texts().map(Question::of).forEach(question -> {
            Classification verdict = classifier.classify(question);

            assertThat(classifier.classify(question)).isEqualTo(verdict);
            assertThat(other.classify(question)).isEqualTo(verdict);
        });
        other.close();
    }

    @Test
    void does_not_depend_on_what_was_classified_before() {
        Question question = Question.of("What is the tallest mountain in Europe?");
        Classification before = classifier.classify(question);
        texts().map(Question::of).forEach(classifier::classify);

        assertThat(classifier.classify(question)).isEqualTo(before);
    }

    @Test
    void tells_an_easy_question_from_a_hard_one() {
        Classification easy = classifier.classify(Question.of("Hi, how are you?"));
        Classification hard = classifier.classify(Question.of("""
                Design a distributed rate limiter for a service with several regions. Compare at least three algorithms,
                prove that the one you choose never lets through more than the limit, analyse step by step what happens
                when a region is cut off, and implement it in Java with unit tests."""));

        assertThat(easy.complexity()).isLessThan(hard.complexity());
        assertThat(hard.complexity()).isEqualTo(Complexity.HIGH);
    }

    @Test
    void serves_many_threads_at_once() throws Exception {
        List<Question> questions = texts().map(Question::of).toList();
        List<Classification> expected =
                questions.stream().map(classifier::classify).toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Classification>>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(
                        () -> questions.stream().map(classifier::classify).toList()));
            }
            for (Future<List<Classification>> answer : answers) {
                assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
    }

    @Test
    void closes_without_harm_to_others() {
        open().close();

        assertThat(classifier.health()).isNotNull();
        assertWellFormed(classifier.classify(Question.of("still there?")));
    }

    private static void assertWellFormed(Classification verdict) {
        assertThat(verdict.complexity()).isNotNull();
        assertThat(verdict.confidence()).isBetween(0.0, 1.0);
        assertThat(verdict.reasons()).isNotEmpty().doesNotHaveDuplicates().allSatisfy(reason -> assertThat(reason)
                .isNotBlank()
                .hasSizeLessThan(200));
    }
}
