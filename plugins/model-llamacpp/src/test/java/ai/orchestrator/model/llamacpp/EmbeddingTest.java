package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract suite does not ask: sizes, and embedding models of other kinds. */
class EmbeddingTest {
    private static final String MODEL = "embedder:latest";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LlamaCppProvider provider;

    @BeforeAll
    static void open() {
        TinyModels.embedder().to(folder.resolve("embedder.gguf"));
        TinyModels.generator().put("llama.pooling_type", 3).to(folder.resolve("last-token.gguf"));
        provider = Providers.of(folder);
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    @Test
    void many_texts_are_embedded_in_order() {
        List<String> texts = Collections.nCopies(25, List.of("first", "second text")).stream()
                .flatMap(List::stream)
                .toList();
        EmbeddingResult all = provider.embed(EmbeddingRequest.of(MODEL, texts));
        EmbeddingResult two = provider.embed(EmbeddingRequest.of(MODEL, texts.subList(0, 2)));

        assertThat(all.vectors()).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(all.vectors().get(i)).containsExactly(two.vectors().get(i % 2));
        }
        assertThat(all.promptTokens()).isEqualTo(25 * two.promptTokens());
        // a token for each letter, and one before and after each text
        assertThat(two.promptTokens()).isEqualTo("first".length() + 2 + "secondtext".length() + 2);
    }

    @Test
    void a_text_that_would_fill_the_workers_memory_is_cut_or_refused_and_the_worker_stays() {
        String huge = "word ".repeat(10_000_000);
        long process = process();

        assertThat(provider.embed(EmbeddingRequest.of(MODEL, List.of(huge, "x")))
                        .vectors())
                .hasSize(2);
        assertThatExceptionOfType(PluginFailure.Permanent.class)
                .isThrownBy(() -> provider.embed(new EmbeddingRequest(
                        MODEL, List.of(huge), false, SamplingOptions.defaults(), Optional.empty())))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONTEXT_LENGTH));
        assertThat(process()).isEqualTo(process);
    }

    @Test
    void a_decoder_that_pools_embeds_too_even_nothing() {
        EmbeddingResult result = provider.embed(EmbeddingRequest.of("last-token:latest", List.of("", "text", "text")));

        assertThat(result.vectors()).hasSize(3).allMatch(vector -> vector.length == TinyModels.WIDTH);
        assertThat(result.vectors().get(1)).containsExactly(result.vectors().get(2));
    }

    private static long process() {
        provider.load(MODEL, Optional.empty());
        return provider.worker(MODEL).orElseThrow().child().pid();
    }
}
