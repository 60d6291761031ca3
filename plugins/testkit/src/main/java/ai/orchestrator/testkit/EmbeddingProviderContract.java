package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link EmbeddingProvider} keeps. A plugin's test extends it and says how to open a provider that offers at least
 * one model; one provider is opened for the whole class, and others by the tests about closing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbeddingProviderContract {
    private static final int PATIENCE_SECONDS = 120;

    private EmbeddingProvider provider;
    private ModelInfo model;

    /** For JUnit: what is under test comes from {@link #open}, before the first test. */
    @SuppressWarnings("NullAway.Init")
    protected EmbeddingProviderContract() {}

    /** A new provider, as its factory makes it. May be open beside others. */
    protected abstract EmbeddingProvider open();

    /** The provider that the tests share. */
    protected final EmbeddingProvider provider() {
        return provider;
    }

    /** The model under test: the first that embeds. */
    protected final ModelInfo model() {
        return model;
    }

    /**
     * A text with more tokens than the model's context holds: one word for each token and some more. Override it for a model
     * that does not tell its context length, or that takes longer words as one token.
     */
    protected String tooLong() {
        return "word ".repeat(model.contextLength().orElse(8192) + 64);
    }

    /** How alike, as a cosine, two vectors of the same text are at least, when it is embedded alone and among others. */
    protected double sameness() {
        return 0.999;
    }

    @BeforeAll
    void openProvider() {
        provider = open();
        model = embeddingModel(provider);
    }

    @AfterAll
    void closeProvider() {
        provider.close();
    }

    @Test
    void offers_well_formed_models() {
        assertThat(provider.models()).isNotEmpty().allSatisfy(offered -> {
            assertThat(offered.name()).matches("[^:\\s]+:[^:\\s]+");
            assertThat(offered.digest()).matches("[0-9a-f]{64}");
            assertThat(offered.sizeBytes()).isNotNegative();
            assertThat(offered.contextLength().orElse(1)).isPositive();
            assertThat(offered.embeddingLength().orElse(1)).isPositive();
        });
        assertThat(provider.models()).extracting(ModelInfo::name).doesNotHaveDuplicates();
    }

    @Test
    void offers_the_same_models_after_they_were_used() {
        List<ModelInfo> before = provider.models();
        embed("used");

        assertThat(provider.models()).isEqualTo(before);
    }

    @Test
    void gives_one_vector_for_each_text() {
        EmbeddingResult result = embed("one", "two words", "and three more words");

        assertThat(result.vectors()).hasSize(3).allSatisfy(this::assertWellFormed);
        assertThat(result.promptTokens()).isPositive();
        assertThat(result.load()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void keeps_the_order_of_the_texts() {
        List<String> texts =
                List.of("A cat sleeps on the sofa.", "Interest rates rose again.", "Water boils at 100 degrees.");
        List<float[]> vectors = embed(texts.toArray(String[]::new)).vectors();
        List<float[]> reversed = embed(texts.reversed().toArray(String[]::new)).vectors();

        for (int i = 0; i < texts.size(); i++) {
            assertAlike(vectors.get(i), reversed.get(texts.size() - 1 - i));
            assertAlike(vectors.get(i), vectorOf(texts.get(i)));
        }
        assertThat(cosine(vectors.get(0), vectors.get(1))).isLessThan(sameness());
    }

    @Test
    void gives_a_text_the_same_vector_alone_and_in_a_batch_of_uneven_lengths() {
        String text = "The train leaves at nine.";
        List<float[]> batch =
                embed(text, "x", "a much longer text ".repeat(20), text).vectors();

        assertAlike(batch.getFirst(), vectorOf(text));
        assertAlike(batch.getLast(), vectorOf(text));
    }

    @Test
    void is_deterministic() {
        assertAlike(vectorOf("Say it twice."), vectorOf("Say it twice."));
    }

    @Test
    void counts_the_tokens_of_all_texts() {
        int apart = embed("The first text.").promptTokens()
                + embed("A second one, a bit longer.").promptTokens();

        assertThat(embed("The first text.", "A second one, a bit longer.").promptTokens())
                .isEqualTo(apart);
    }

    @Test
    void gives_nothing_for_no_texts() {
        EmbeddingResult result = provider.embed(EmbeddingRequest.of(model.name(), List.of()));

        assertThat(result.vectors()).isEmpty();
        assertThat(result.promptTokens()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n\t ",
                "grüße, ça va, żółć, ñandú",
                "什么是机器学习？",
                "日本語のテキスト",
                "مرحبا بالعالم",
                "👩‍👩‍👧‍👦🇨🇭🤷🏽‍♀️",
                "e\u0301\u0301\u0301 \u200b\u0000\u001b",
                "<s> [CLS] </s> <|endoftext|>"
            })
    void embeds_odd_texts(String text) {
        assertWellFormed(vectorOf(text));
        assertThat(embed("before", text, "after").vectors()).hasSize(3).allSatisfy(this::assertWellFormed);
    }

    @Test
    void takes_half_a_surrogate_pair_or_refuses_it_properly() {
        try {
            assertWellFormed(vectorOf("broken \uD83D text"));
        } catch (PluginFailure failure) {
            assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        }
    }

    @Test
    void cuts_a_text_that_is_too_long() {
        EmbeddingResult result = embed(tooLong() + "end");

        assertWellFormed(result.vectors().getFirst());
        model.contextLength()
                .ifPresent(length -> assertThat(result.promptTokens()).isLessThanOrEqualTo(length));
        assertAlike(result.vectors().getFirst(), vectorOf(tooLong() + "another end"));
    }

    @Test
    void refuses_a_text_that_is_too_long_when_it_may_not_be_cut() {
        assertThatExceptionOfType(PluginFailure.class)
                .isThrownBy(() -> provider.embed(uncut("short", tooLong())))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.CONTEXT_LENGTH);
                    assertThat(failure.getMessage()).isNotBlank();
                });
        assertThat(provider.embed(uncut("short enough")).vectors()).hasSize(1);
    }

    @Test
    void refuses_a_model_it_does_not_offer() {
        assertThatExceptionOfType(PluginFailure.class)
                .isThrownBy(() -> provider.embed(EmbeddingRequest.of("nobody-offers-this:latest", List.of("text"))))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void serves_many_threads_at_once() throws Exception {
        List<String> texts = IntStream.range(0, 24)
                .mapToObj(i -> "Text number " + i + " of many.")
                .toList();
        List<float[]> expected = embed(texts.toArray(String[]::new)).vectors();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> answers = texts.stream()
                    .map(text -> threads.submit(() -> vectorOf(text)))
                    .toList();
            for (int i = 0; i < texts.size(); i++) {
                assertAlike(answers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS), expected.get(i));
            }
        }
    }

    @Test
    void closes_without_having_been_used() {
        EmbeddingProvider other = open();
        other.close();

        assertThat(provider.health()).isNotNull();
        assertWellFormed(vectorOf("the first provider still works"));
    }

    @Test
    void fails_properly_after_it_was_closed() {
        EmbeddingProvider other = open();
        EmbeddingRequest request = EmbeddingRequest.of(embeddingModel(other).name(), List.of("text"));
        other.embed(request);
        other.close();

        assertThatExceptionOfType(PluginFailure.class).isThrownBy(() -> other.embed(request));
    }

    @Test
    void ends_or_fails_calls_in_progress_when_it_is_closed() throws Exception {
        EmbeddingProvider other = open();
        EmbeddingRequest request = EmbeddingRequest.of(
                embeddingModel(other).name(), List.of("some words ".repeat(50), "some other words ".repeat(50)));
        other.embed(request);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<EmbeddingResult>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(threads.submit(() -> other.embed(request)));
            }
            other.close();
            for (Future<EmbeddingResult> call : calls) {
                assertEndsProperly(call);
            }
        }
    }

    private static void assertEndsProperly(Future<EmbeddingResult> call) throws InterruptedException, TimeoutException {
        try {
            assertThat(call.get(PATIENCE_SECONDS, TimeUnit.SECONDS).vectors()).hasSize(2);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(PluginFailure.class);
        }
    }

    private void assertWellFormed(float[] vector) {
        assertThat(vector).hasSize(model.embeddingLength().orElse(vector.length));
        for (float number : vector) {
            assertThat(number).isFinite();
        }
    }

    private void assertAlike(float[] one, float[] other) {
        assertThat(cosine(one, other)).isGreaterThanOrEqualTo(sameness());
    }

    private EmbeddingResult embed(String... texts) {
        return provider.embed(EmbeddingRequest.of(model.name(), List.of(texts)));
    }

    private float[] vectorOf(String text) {
        return embed(text).vectors().getFirst();
    }

    private EmbeddingRequest uncut(String... texts) {
        return new EmbeddingRequest(model.name(), List.of(texts), false, SamplingOptions.defaults(), Optional.empty());
    }

    private static ModelInfo embeddingModel(EmbeddingProvider provider) {
        return provider.models().stream()
                .filter(offered -> offered.capabilities().contains(Capability.EMBEDDING))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no model with the capability EMBEDDING is offered"));
    }

    /** How alike two vectors are: 1 when they point the same way. */
    protected static double cosine(float[] one, float[] other) {
        assertThat(other).hasSameSizeAs(one);
        double product = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            oneSquared += (double) one[i] * one[i];
            otherSquared += (double) other[i] * other[i];
        }
        return product / Math.sqrt(oneSquared * otherSquared);
    }
}
