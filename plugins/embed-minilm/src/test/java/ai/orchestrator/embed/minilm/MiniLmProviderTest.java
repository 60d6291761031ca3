package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.testkit.EmbeddingProviderContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniLmProviderTest extends EmbeddingProviderContract {
    @TempDir
    static Path home;

    @Override
    protected EmbeddingProvider open() {
        return open(home, Map.of());
    }

    /** Each text goes through the model by itself, so its company can make no difference. */
    @Override
    protected double sameness() {
        return 0.999_999;
    }

    private static EmbeddingProvider open(Path home, Map<String, Object> settings) {
        return new MiniLmFactory().create(new PluginContext("minilm", Settings.of(settings), home, "test"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How do I reset my password?        | I forgot my password, how can I change it? | What time does the museum open?
            The cat sat on the mat.            | A cat was sitting on a rug.                | Stock markets fell sharply on Friday.
            Is it going to rain tomorrow?      | Tomorrow's weather: will there be rain?    | Explain how a diesel engine works.
            What is the capital of France?     | Which city is France's capital?            | How many legs does a spider have?
            He bought a new car last week.     | Last week he purchased a new automobile.   | The recipe needs two eggs and flour.
            Sort a list in Python              | How can I order the items of a Python list? | Best hiking trails in Norway
            """)
    void puts_a_paraphrase_nearer_than_another_subject(String text, String paraphrase, String unrelated) {
        List<float[]> vectors = provider()
                .embed(EmbeddingRequest.of(model().name(), List.of(text, paraphrase, unrelated)))
                .vectors();

        assertThat(cosine(vectors.get(0), vectors.get(1)))
                .isGreaterThan(0.6)
                .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.3);
    }

    @Test
    void counts_the_start_and_the_end_mark_as_tokens() {
        assertThat(provider()
                        .embed(EmbeddingRequest.of(model().name(), List.of("Hello, world!", "")))
                        .promptTokens())
                .isEqualTo(6 + 2);
    }

    @Test
    void gives_up_when_its_caller_is_interrupted() {
        EmbeddingRequest request = EmbeddingRequest.of(model().name(), Collections.nCopies(10, tooLong()));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(PluginFailure.Cancelled.class)
                .isThrownBy(() -> provider().embed(request));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void is_up_before_it_is_loaded_and_down_after_it_is_closed() {
        EmbeddingProvider fresh = open();
        assertThat(fresh.health()).isEqualTo(Health.up());

        fresh.close();
        assertThat(fresh.health().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void refuses_more_requests_than_may_wait() throws Exception {
        EmbeddingProvider small = open(home, Map.of("threads", 1, "queue", 1));
        EmbeddingRequest request = EmbeddingRequest.of(model().name(), Collections.nCopies(20, tooLong()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = CompletableFuture.supplyAsync(() -> failureOfRepeating(small, request), threads);
            var other = CompletableFuture.supplyAsync(() -> failureOfRepeating(small, request), threads);

            assertThat(CompletableFuture.anyOf(one, other).get(60, TimeUnit.SECONDS))
                    .isEqualTo(FailureCode.OVERLOADED);
            small.close();
            assertThat(List.of(one.get(60, TimeUnit.SECONDS), other.get(60, TimeUnit.SECONDS)))
                    .contains(FailureCode.UNAVAILABLE);
        }
    }

    private static FailureCode failureOfRepeating(EmbeddingProvider provider, EmbeddingRequest request) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(deadline)) {
            try {
                provider.embed(request);
            } catch (PluginFailure failure) {
                return failure.code();
            }
        }
        throw new AssertionError("never failed");
    }
}
