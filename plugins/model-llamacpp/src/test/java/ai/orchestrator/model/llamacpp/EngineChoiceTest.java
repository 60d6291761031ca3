package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which engine a model runs on. The servers are scripts, but for the one that answers. */
class EngineChoiceTest {
    private static final String MODEL = "tiny:latest";
    private static final String GOOD_HEAD = """
            case "$1" in
              --version) echo 'version: 6100 (0c1e570)' >&2; exit 0;;
              --help) echo '--host HOST  or a UNIX socket if it ends with .sock'; exit 0;;
            esac
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void makeModel() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
    }

    @Test
    void a_server_is_preferred_where_there_is_one_and_it_is_told_of() {
        Map<String, Object> auto = Map.of(
                "engine",
                "auto",
                "server",
                Map.of("binary", LlamaServer.binary().toString()));
        try (LlamaCppProvider provider = Providers.of(folder, auto)) {
            assertThat(answerOf(provider)).isNotEmpty();
            assertThat(provider.loaded().getFirst().engine()).startsWith("llama-server ");
            assertThat(provider.describe(MODEL).orElseThrow().engine()).startsWith("llama-server ");
            assertThat(provider.health().detail()).contains(MODEL + " on llama-server ");
        }
    }

    @Test
    void a_model_has_an_engine_of_its_own_if_its_settings_say_so() {
        Map<String, Object> settings = Map.of(
                "engine", "server",
                "server", Map.of("binary", LlamaServer.binary().toString()),
                "models", List.of(Map.of("name", "tiny", "file", "tiny.gguf", "engine", "embedded")));
        try (LlamaCppProvider provider = Providers.of(folder, settings)) {
            answerOf(provider);
            assertThat(provider.loaded().getFirst().engine()).isEqualTo(EmbeddedEngine.NAME);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 127 | cannot be started on this machine",
                "echo 'version: 3000 (abc)' | llama-server b3000 is too old",
                "missing | is not there"
            })
    void a_server_that_cannot_be_used_is_replaced_unless_it_has_to_be_it(String script, String fault) throws Exception {
        Map<String, Object> server = Map.of(
                "binary", script.equals("missing") ? "nowhere" : script(script).toString());
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("engine", "auto", "server", server))) {
            assertThat(answerOf(provider)).isNotEmpty();
            assertThat(provider.loaded().getFirst().engine()).isEqualTo(EmbeddedEngine.NAME);
            assertThat(provider.health().state()).isEqualTo(Health.State.DEGRADED);
            assertThat(provider.health().detail()).contains(fault).doesNotContain(folder.toString());
        }
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("engine", "server", "server", server))) {
            PluginFailure failure = Ask.failure(provider, Ask.raw(MODEL, "abc", Ask.fixed(4)));
            assertThat(failure.code()).isEqualTo(FailureCode.NOT_INSTALLED);
            assertThat(failure).hasMessageContaining(fault).hasMessageContaining("manage.sh engine");
        }
    }

    @Test
    void a_program_that_neither_ends_nor_says_anything_is_not_waited_for() throws Exception {
        Path binary = script("sleep 1000 & wait");

        assertThatThrownBy(() -> ServerBinary.tried(binary, Duration.ofMillis(200)))
                .isInstanceOf(ServerBinary.UnfitException.class)
                .hasMessage("llama-server does not say within 200 ms what it is");
    }

    @Test
    void a_server_made_for_another_processor_is_given_up_when_that_shows() throws Exception {
        Path binary = script(GOOD_HEAD + "kill -ILL $$");
        Map<String, Object> auto = Map.of("engine", "auto", "server", Map.of("binary", binary.toString()));
        try (LlamaCppProvider provider = Providers.of(folder, auto)) {
            assertThat(provider.describe(MODEL).orElseThrow().engine()).isEqualTo("llama-server b6100");
            assertThat(answerOf(provider)).isNotEmpty();
            assertThat(provider.loaded().getFirst().engine()).isEqualTo(EmbeddedEngine.NAME);
            assertThat(provider.describe(MODEL).orElseThrow().engine()).isEqualTo(EmbeddedEngine.NAME);
            assertThat(provider.health().detail()).contains("does not run on this machine");
        }
    }

    @Test
    void what_only_the_server_can_do_is_refused_also_where_it_is_given_up_at_that_question() throws Exception {
        Path binary = script(GOOD_HEAD + "kill -ILL $$");
        Map<String, Object> auto = Map.of("engine", "auto", "server", Map.of("binary", binary.toString()));
        try (LlamaCppProvider provider = Providers.of(folder, auto)) {
            ModelRequest question = Ask.withLogprobs(Ask.raw(MODEL, "x", Ask.fixed(1)));

            assertThat(Ask.failure(provider, question)).hasMessageContaining("does not support logprobs");
            assertThat(provider.loaded().getFirst().engine()).isEqualTo(EmbeddedEngine.NAME);
        }
    }

    @Test
    void an_architecture_that_the_server_does_not_know_is_told_of() {
        TinyModels.generator().put("general.architecture", "unheard-of").to(folder.resolve("tiny.gguf"));
        try (LlamaCppProvider provider = Providers.onServer(folder)) {
            PluginFailure failure = Ask.failure(provider, Ask.raw(MODEL, "abc", Ask.fixed(4)));
            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
            assertThat(failure)
                    .hasMessageContaining("model architecture 'unheard-of' is not supported by llama-server");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 4916 (abcdef0) | b4916",
                "version: 0.5.0-dev (build 1, commit 0c1e570) | 0.5.0-dev-0c1e570",
                "version: 0.5.0 (build 10434, commit 0c1e570) | b10434",
                "nothing | of unknown version"
            })
    void a_version_is_read_in_each_form(String said, String version) {
        assertThat(ServerBinary.version(said)).isEqualTo(version);
    }

    private static String answerOf(LlamaCppProvider provider) {
        return Ask.answer(provider, Ask.raw(MODEL, "abc", Ask.fixed(4))).text();
    }

    private Path script(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("llama-server"), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
