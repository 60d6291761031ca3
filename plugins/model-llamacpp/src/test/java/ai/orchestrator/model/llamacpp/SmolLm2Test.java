package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.testkit.ModelEventRecorder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model: its own template, its speed, its end of an answer. Nothing here depends on what it knows. */
class SmolLm2Test {
    private static final String MODEL = "smollm2:135m";
    private static final String SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LlamaCppProvider provider;

    @BeforeAll
    static void open() throws Exception {
        Files.createSymbolicLink(folder.resolve(SmolLm2.FILE), SmolLm2.file());
        Map<String, Object> model = Map.of("name", MODEL, "file", SmolLm2.FILE);
        provider = Providers.of(
                folder,
                Map.of(
                        "models",
                        List.of(model),
                        "context",
                        2048,
                        "threads",
                        Runtime.getRuntime().availableProcessors()));
        provider.load(MODEL, Optional.empty());
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    @Test
    void is_what_its_file_says() {
        ModelInfo info = provider.models().getFirst();
        assertThat(info.digest()).isEqualTo("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
        assertThat(info.sizeBytes()).isEqualTo(98_362_432);
        assertThat(info.parameterSize()).isEqualTo("134.52M");
        assertThat(info.quantization()).isEqualTo("Q4_1");
        assertThat(info.contextLength()).hasValue(8192);
        ModelDescription description = provider.describe(MODEL).orElseThrow();
        assertThat(description.license()).isEqualTo("apache-2.0");
        assertThat(description.template()).startsWith("{% for message in messages %}");
        assertThat(provider.loaded().getFirst().sizeBytes()).isGreaterThan(info.sizeBytes());
    }

    @Test
    void the_prompts_tokens_are_those_of_its_own_template_with_its_default_system_prompt() throws Exception {
        List<Integer> tokens = Ask.tokens(provider, MODEL, Message.of("user", "Hi 😀"));

        assertThat(tokens).startsWith(1, 9690, 198, 2683, 359, 253);
        assertThat(tokens)
                .isEqualTo(raw("<|im_start|>system\n" + SYSTEM + "<|im_end|>\n<|im_start|>user\nHi 😀<|im_end|>\n"
                        + "<|im_start|>assistant\n"));
    }

    @Test
    void a_conversations_roles_and_history_are_in_the_prompt() throws Exception {
        List<Integer> tokens = Ask.tokens(
                provider,
                MODEL,
                Message.of("system", "Be brief."),
                Message.of("user", "One?"),
                Message.of("assistant", "Two."),
                Message.of("user", "Three?"));

        assertThat(tokens).isEqualTo(raw("""
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                        One?<|im_end|>
                        <|im_start|>assistant
                        Two.<|im_end|>
                        <|im_start|>user
                        Three?<|im_end|>
                        <|im_start|>assistant
                        """));
    }

    @Test
    void ends_by_itself_and_counts_its_tokens() throws Exception {
        ModelEventRecorder answer =
                Ask.answer(provider, Ask.chat(MODEL, Ask.fixed(400), Message.of("user", "Say hello.")));
        Usage usage = answer.finished().usage();

        assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.text()).isNotBlank().doesNotContain("<|im_end|>");
        assertThat(usage.promptTokens())
                .isEqualTo(Ask.tokens(provider, MODEL, Message.of("user", "Say hello."))
                        .size());
        // what was written, and the token that ends it
        assertThat(usage.completionTokens()).isEqualTo(raw(answer.text()).size() + 1);
    }

    @Test
    void characters_of_several_tokens_come_whole_and_are_counted_whole() {
        ModelRequest request = Ask.raw(
                MODEL,
                "<|im_start|>user\nWrite ten different emoji and nothing else.<|im_end|>\n<|im_start|>assistant\n😀 😁",
                Ask.fixed(60));
        ModelEventRecorder answer = Ask.answer(provider, request);

        assertThat(answer.text()).containsPattern("[\\x{1F000}-\\x{1FFFF}]").doesNotContain("\uFFFD");
        assertThat(answer.events().stream().filter(ModelEvent.Text.class::isInstance))
                .hasSizeLessThan(40);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(60);
    }

    @Test
    void the_same_seed_gives_the_same_text_whatever_was_asked_in_between() throws Exception {
        ModelRequest request =
                Ask.chat(MODEL, Ask.fixed(48).temperature(0.8).seed(42), Message.of("user", "Tell me about the sea."));
        String first = Ask.answer(provider, request).text();
        Ask.answer(provider, Ask.chat(MODEL, Ask.fixed(8), Message.of("user", "Tell me about the sun.")));
        assertThat(Ask.answer(provider, request).text()).isEqualTo(first);

        for (int round = 0; round < 2; round++) {
            askThreeAtOnce();
            assertThat(Ask.answer(provider, request).text()).isEqualTo(first);
        }
    }

    private static void askThreeAtOnce() throws Exception {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ModelEventRecorder>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Message question = Message.of("user", "Count to ten. ".repeat(1 + 3 * i));
                ModelRequest request = Ask.chat(MODEL, SamplingOptions.builder().numPredict(30), question);
                answers.add(others.submit(() -> Ask.answer(provider, request)));
            }
            for (Future<ModelEventRecorder> answer : answers) {
                assertThat(answer.get().text()).isNotEmpty();
            }
        }
    }

    @Test
    void an_answer_is_as_the_schema_says() throws Exception {
        String schema = """
                {"type":"object","properties":{"name":{"type":"string","maxLength":20},"age":{"type":"integer"}},
                 "required":["name","age"],"additionalProperties":false}""";
        ModelEventRecorder answer = Ask.answer(
                provider,
                Ask.chat(MODEL, Ask.fixed(200), Message.of("user", "Describe a person as JSON."))
                        .withFormat(new ResponseFormat.JsonSchema(schema)));

        assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
        assertThat(new JsonMapper().readTree(answer.text()).get("age").isInt()).isTrue();
    }

    @Test
    void nothing_is_written_for_one_who_has_left() throws Exception {
        long before = Ask.written(provider, MODEL);
        ModelEventRecorder events = new ModelEventRecorder(event -> {
            throw new PluginFailure.Cancelled();
        });
        assertThatThrownBy(() -> provider.stream(longRequest(), events)).isInstanceOf(PluginFailure.Cancelled.class);

        assertThat(Ask.written(provider, MODEL) - before).isBetween(1L, 8L);
        assertWorksAlone();
    }

    @Test
    void one_who_leaves_in_the_middle_stops_the_writing() throws Exception {
        long before = Ask.written(provider, MODEL);
        Leaver leaver = new Leaver();
        assertThatThrownBy(() -> provider.stream(longRequest(), leaver.events))
                .isInstanceOf(PluginFailure.Cancelled.class);

        assertThat(Ask.written(provider, MODEL) - before).isBetween(3L, 12L);
        assertWorksAlone();
    }

    /** Leaves after its third piece, from another thread. */
    private static final class Leaver {
        private int pieces;
        private final ModelEventRecorder events = new ModelEventRecorder(event -> {
            if (++pieces == 3) {
                Thread.ofVirtual().start(this::leave);
            }
        });

        private void leave() {
            events.cancel();
        }
    }

    private static void assertWorksAlone() throws Exception {
        long before = Ask.written(provider, MODEL);
        Ask.answer(provider, Ask.raw(MODEL, "One, two,", Ask.fixed(6)));
        assertThat(Ask.written(provider, MODEL) - before).isEqualTo(6);
    }

    private static ModelRequest longRequest() {
        return Ask.raw(MODEL, "One, two, three, four, five, six, seven, eight, nine,", Ask.fixed(600));
    }

    private static List<Integer> raw(String text) throws Exception {
        return Ask.tokens(provider, MODEL, new Call.Input(List.of(), text));
    }
}
