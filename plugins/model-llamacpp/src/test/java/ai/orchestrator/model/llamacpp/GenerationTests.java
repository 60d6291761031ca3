package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer is, whatever the model knows: asked of a model of random weights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GenerationTests {
    private static final String MODEL = "tiny:latest";
    private static final String BYTES = "bytes:latest";
    private static final int CONTEXT = 512;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private LlamaCppProvider provider;

    /** A provider on the engine under test. */
    abstract LlamaCppProvider provider(Path folder, Map<String, Object> settings);

    @BeforeAll
    void open() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        TinyModels.byteGenerator().to(folder.resolve("bytes.gguf"));
        provider = provider(folder, Map.of("context", CONTEXT));
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @Test
    void the_same_seed_gives_the_same_text_and_another_seed_another() {
        assertThat(sampled(3)).isEqualTo(sampled(3)).isNotEqualTo(sampled(4));
    }

    @Test
    void temperature_zero_always_takes_the_likeliest_token() {
        assertThat(text(SamplingOptions.builder().temperature(0).numPredict(24)))
                .isEqualTo(text(SamplingOptions.builder().temperature(0).numPredict(24)))
                .isNotEmpty();
    }

    @Test
    void a_stop_text_ends_the_answer_also_when_it_comes_in_pieces() {
        String whole = text(Ask.fixed(40));
        String stop = whole.substring(9, 14);
        ModelEventRecorder answer = ask(Ask.fixed(40).stop(List.of("never written", stop)));

        assertThat(answer.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.finished().stopText()).isEqualTo(stop);
    }

    @Test
    void a_chat_tells_which_stop_text_ended_it() {
        Message question = Message.of("user", "x");
        String whole =
                Ask.answer(provider, Ask.chat(MODEL, Ask.fixed(40), question)).text();
        String stop = whole.substring(9, 14);
        SamplingOptions.Builder options = Ask.fixed(40).stop(List.of("never written", stop));
        ModelEventRecorder answer = Ask.answer(provider, Ask.chat(MODEL, options, question));

        assertThat(answer.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(answer.finished().stopText()).isEqualTo(stop);
    }

    @Test
    void an_answer_without_a_limit_ends_with_the_context() {
        ModelEvent.Finished finished = ask(Ask.fixed(-1)).finished();

        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.usage().promptTokens() + finished.usage().completionTokens())
                .isEqualTo(CONTEXT);
    }

    @Test
    void the_operators_ceiling_holds_for_every_answer(@TempDir Path other) {
        TinyModels.generator().to(other.resolve("tiny.gguf"));
        try (LlamaCppProvider bounded = provider(other, Map.of("max_tokens", 7))) {
            for (int asked : new int[] {-1, 100}) {
                ModelEvent.Finished finished = Ask.answer(bounded, Ask.raw(MODEL, "x", Ask.fixed(asked)))
                        .finished();
                assertThat(finished.usage().completionTokens()).isEqualTo(7);
                assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
            }
        }
    }

    @Test
    void a_limit_of_none_writes_nothing() {
        ModelEventRecorder answer = ask(Ask.fixed(0));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.finished().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isZero();
    }

    @Test
    void tells_what_the_answer_took() {
        Usage usage = ask(Ask.fixed(12)).finished().usage();

        assertThat(usage.promptTokens()).isEqualTo(5);
        assertThat(usage.completionTokens()).isEqualTo(12);
        assertThat(List.of(usage.load(), usage.promptEval(), usage.eval())).allMatch(Duration::isPositive);
        assertThat(usage.costUsd()).contains(BigDecimal.ZERO);
    }

    @Test
    void pieces_are_whole_characters_even_of_a_model_that_writes_single_bytes() {
        ModelEventRecorder answer = new ModelEventRecorder();
        try {
            provider.stream(
                    Ask.raw(
                            BYTES,
                            "x",
                            SamplingOptions.builder().temperature(1.5).seed(5).numPredict(200)),
                    answer);
            assertThat(answer.finished().usage().completionTokens()).isEqualTo(200);
            assertThat(answer.events()).hasSizeBetween(20, 200);
        } catch (PluginFailure e) {
            // some releases of llama-server give up on bytes that are no text; then that is told, and nothing of them
            // comes out
            assertThat(e.code()).isEqualTo(FailureCode.BAD_REPLY);
            assertThat(mayGiveUpOnBytes()).isTrue();
        }
        assertThat(answer.events()).allSatisfy(event -> {
            if (event instanceof ModelEvent.Text(String piece, var _)) {
                assertThat(new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(piece);
            }
        });
    }

    /** Whether the engine may refuse to go on where a model writes bytes that are no text. */
    abstract boolean mayGiveUpOnBytes();

    @Test
    void a_prompt_longer_than_the_context_is_refused() {
        PluginFailure failure = Ask.failure(provider, Ask.raw(MODEL, "x ".repeat(CONTEXT), Ask.fixed(4)));

        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
        assertThat(failure.code()).isEqualTo(FailureCode.CONTEXT_LENGTH);
        assertThat(failure).hasMessageContaining("512");
    }

    @Test
    void a_prompt_that_would_fill_the_workers_memory_is_refused_and_the_worker_stays() {
        ask(Ask.fixed(1));
        long process = provider.worker(MODEL).orElseThrow().child().pid();
        String huge = "\u8a9e".repeat(30_000_000);

        assertThat(Ask.failure(provider, Ask.raw(MODEL, huge, Ask.fixed(1))).code())
                .isEqualTo(FailureCode.CONTEXT_LENGTH);
        assertThat(Ask.failure(provider, Ask.chat(MODEL, Ask.fixed(1), Message.of("user", huge)))
                        .code())
                .isEqualTo(FailureCode.CONTEXT_LENGTH);
        assertThat(Ask.failure(provider, Ask.raw(MODEL, "x", Ask.fixed(1).stop(List.of(huge))))
                        .code())
                .isEqualTo(FailureCode.INVALID_REQUEST);
        ask(Ask.fixed(1));
        assertThat(provider.worker(MODEL).orElseThrow().child().pid()).isEqualTo(process);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1})
    void a_number_that_native_code_would_die_of_is_refused(double temperature) {
        SamplingOptions.Builder options = SamplingOptions.builder().temperature(temperature);

        assertThat(Ask.failure(provider, Ask.raw(MODEL, "x", options)).code()).isEqualTo(FailureCode.INVALID_REQUEST);
    }

    @Test
    void odd_options_do_no_harm() {
        SamplingOptions.Builder options = SamplingOptions.builder()
                .numPredict(8)
                .topK(-5)
                .topP(3)
                .minP(2)
                .typicalP(0)
                .repeatLastN(-7)
                .repeatPenalty(0.01)
                .presencePenalty(-9)
                .frequencyPenalty(9)
                .numKeep(-100)
                .seed(Long.MIN_VALUE)
                .stop(List.of("", " "));

        assertThat(Ask.answer(provider, Ask.raw(MODEL, "x", options))
                        .finished()
                        .usage()
                        .promptTokens())
                .isPositive();
    }

    @Test
    void odd_prompts_do_no_harm() {
        for (String prompt : List.of("\u0000", "\uD83D", "</s><s>", "😀é語\uE000\uE802", "\"\\\u2028")) {
            assertThat(Ask.answer(provider, Ask.raw(MODEL, prompt, Ask.fixed(2)))
                            .finished()
                            .usage()
                            .promptTokens())
                    .isPositive();
            assertThat(Ask.answer(provider, Ask.chat(MODEL, Ask.fixed(2), Message.of("user", prompt)))
                            .finished()
                            .usage()
                            .promptTokens())
                    .isPositive();
        }
    }

    @Test
    void what_a_local_model_cannot_do_is_refused() {
        Message pictured = new Message("user", "x", "", List.of(new Image(new byte[] {1})), List.of(), "", "");
        Message called = new Message("assistant", "", "", List.of(), List.of(new ToolCall("1", "tool", "{}")), "", "");
        for (ModelRequest request : List.of(
                Ask.chat(MODEL, Ask.fixed(2), pictured),
                Ask.chat(MODEL, Ask.fixed(2), called),
                ModelRequest.of("test", MODEL, new Prompt.Insert("a", "b")))) {
            assertThat(Ask.failure(provider, request).code()).isEqualTo(FailureCode.UNSUPPORTED);
        }
        assertThat(Ask.failure(provider, Ask.chat(MODEL, Ask.fixed(2))).code()).isEqualTo(FailureCode.INVALID_REQUEST);
    }

    private String sampled(long seed) {
        return text(SamplingOptions.builder().temperature(1).topK(0).seed(seed).numPredict(24));
    }

    private String text(SamplingOptions.Builder options) {
        return ask(options).text();
    }

    private ModelEventRecorder ask(SamplingOptions.Builder options) {
        return Ask.answer(provider, Ask.raw(MODEL, "abc", options));
    }
}
