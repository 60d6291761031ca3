package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a conversation becomes before the model reads it, seen by its tokens. */
class ChatTemplateRenderingTest {
    private static final String MODEL = "tiny:latest";
    private static final String MARKED =
            "{% for m in messages %}{{ bos_token + m['role'] + '>' + m['content'] + '\\n' }}{% endfor %}";
    private static final Message USER = Message.of("user", "hi 😀 é 語 \uE000\uE802\uE900 \u0000x");

    @TempDir
    Path folder;

    @Test
    void a_template_is_rendered_as_it_stands_and_its_start_token_is_kept() throws Exception {
        with(MARKED, provider -> {
            List<Integer> tokens = tokens(provider, Message.of("system", "be brief"), USER);

            assertThat(tokens.getFirst()).isEqualTo(1);
            assertThat(tokens).isEqualTo(raw(provider, "<s>system>be brief\n<s>user>" + USER.content() + "\n"));
        });
    }

    @Test
    void a_start_token_that_the_vocabulary_asks_for_is_put_before_a_template_without_one() throws Exception {
        with(
                "{% for m in messages %}{{ m['content'] }}{% endfor %}",
                provider -> {
                    assertThat(tokens(provider, USER)).isEqualTo(raw(provider, USER.content()));
                    assertThat(tokens(provider, USER).stream().filter(token -> token == 1))
                            .hasSize(1);
                });
    }

    @Test
    void a_vocabulary_that_asks_for_no_start_token_gets_none() throws Exception {
        GgufWriter model = TinyModels.generator().put("tokenizer.ggml.add_bos_token", false);
        model.put("tokenizer.chat_template", "{% for m in messages %}{{ m['content'] }}{% endfor %}");
        with(model, provider -> {
            assertThat(raw(provider, "abc")).doesNotContain(1);
            assertThat(tokens(provider, USER)).doesNotContain(1);
        });
    }

    @Test
    void a_model_without_a_template_gets_chatml_if_its_vocabulary_has_the_marks() throws Exception {
        with(TinyModels.generator(), provider -> assertThat(tokens(provider, USER))
                .isEqualTo(
                        raw(provider, "<|im_start|>user\n" + USER.content() + "<|im_end|>\n<|im_start|>assistant\n")));
    }

    @Test
    void a_template_that_thinks_only_where_it_is_told_to_is_told_so() throws Exception {
        with(
                "{{ messages[0]['content'] }}<think>{% if not enable_thinking %}</think>{% endif %}",
                provider -> assertThat(tokens(provider, USER)).isEqualTo(raw(provider, USER.content() + "<think>")));
    }

    @Test
    void roles_and_history_are_passed_on() throws Exception {
        with(MARKED, provider -> assertThat(tokens(
                        provider, Message.of("user", "a"), Message.of("assistant", "b"), Message.of("odd role", "c")))
                .isEqualTo(raw(provider, "<s>user>a\n<s>assistant>b\n<s>odd role>c\n")));
    }

    @Test
    void a_template_that_refuses_a_conversation_says_why_and_the_worker_stays() throws Exception {
        with(
                "{% if messages|length > 1 %}{{ raise_exception('roles must alternate 😀') }}{% endif %}ok",
                provider -> {
                    provider.load(MODEL, Optional.empty());
                    long process = provider.worker(MODEL).orElseThrow().child().pid();
                    PluginFailure failure = Ask.failure(provider, Ask.chat(MODEL, Ask.fixed(1), USER, USER));

                    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
                    assertThat(failure).hasMessageContaining("roles must alternate 😀");
                    assertThat(provider.worker(MODEL).orElseThrow().child().pid())
                            .isEqualTo(process);
                });
    }

    @Test
    void a_system_message_that_a_template_refuses_is_put_before_the_users() throws Exception {
        String template =
                "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}" + MARKED;
        with(template, provider -> assertThat(
                        tokens(provider, Message.of("system", "be brief"), Message.of("user", "a")))
                .isEqualTo(raw(provider, "<s>user>be brief\na\n")));
    }

    @Test
    void a_template_that_is_not_valid_fails_conversations_only() throws Exception {
        with(
                "{% for m in messages %}{% broken",
                provider -> {
                    PluginFailure failure = Ask.failure(provider, Ask.chat(MODEL, Ask.fixed(1), USER));

                    assertThat(failure)
                            .hasMessageContaining("chat template")
                            .isInstanceOf(PluginFailure.Permanent.class);
                    assertThat(Ask.answer(provider, Ask.raw(MODEL, "a", Ask.fixed(1)))
                                    .finished())
                            .isNotNull();
                });
    }

    @Test
    void a_template_that_ends_the_process_is_told_of() throws Exception {
        with("{{ messages[0]['content'].nothing.at.all }}", provider -> {
            PluginFailure failure = Ask.failure(provider, Ask.chat(MODEL, Ask.fixed(1), USER));

            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(MODEL).hasMessageContaining("chat template");
            assertThat(failure.getMessage()).doesNotContain(folder.toString());
            assertThat(provider.models()).hasSize(1);
        });
    }

    private void with(String template, Steps steps) throws Exception {
        with(TinyModels.generator().put("tokenizer.chat_template", template), steps);
    }

    private void with(GgufWriter model, Steps steps) throws Exception {
        model.to(folder.resolve("tiny.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            steps.run(provider);
        }
    }

    private interface Steps {
        void run(LlamaCppProvider provider) throws Exception;
    }

    private static List<Integer> tokens(LlamaCppProvider provider, Message... messages) throws IOException {
        provider.load(MODEL, Optional.empty());
        return Ask.tokens(provider, MODEL, messages);
    }

    private static List<Integer> raw(LlamaCppProvider provider, String text) throws IOException {
        provider.load(MODEL, Optional.empty());
        return Ask.tokens(provider, MODEL, new Call.Input(List.of(), text));
    }
}
