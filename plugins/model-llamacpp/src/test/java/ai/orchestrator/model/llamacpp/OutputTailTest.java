package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTailTest {
    private final OutputTail tail = new OutputTail();

    @Test
    void keeps_the_last_lines_and_cuts_long_ones() {
        for (int i = 0; i < 500; i++) {
            write("line " + i + "\n");
        }
        write("x".repeat(100_000));
        assertThat(tail.lines()).hasSizeBetween(10, 100).contains("line 499").doesNotContain("line 0");
        assertThat(tail.lines().getLast()).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "llama_model_load: error loading model: failed to open '/srv/models/a b.gguf',"
                        + "error loading model: failed to open 'a b.gguf'",
                "  what():  /opt/build/src/file.cpp:12: no,what():  file.cpp:12: no",
                "/opt/build/llama.cpp:155: GGML_ASSERT(n > 0) failed,llama.cpp:155: GGML_ASSERT(n > 0) failed",
                "all is well,"
            })
    void the_reason_names_no_folder_of_this_machine(String line, String reason) {
        write("loading\n" + line + "\nmore\n");
        assertThat(tail.reason()).isEqualTo(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'  what():  error: the supplied chat template is not supported: {{ x }}',true",
        "'  what():  common_chat_verify_template: failed to apply template: no at row 1',true",
        "'  what():  out of memory',false"
    })
    void a_refused_chat_template_is_known_also_where_two_threads_wrote_into_one_line(String line, boolean refused) {
        write("terminate called after throwing an instance of 'std::runtime_error'\n" + line + "\n");
        assertThat(tail.refusesTemplate()).isEqualTo(refused);
    }

    @Test
    void what_users_wrote_is_not_kept_once_the_model_is_loaded() {
        write("model loaded\n");
        tail.keepFaultsOnly();
        write("Calling embedding 'my secret'\nsecond line of it\nterminate called after throwing\n  what():  bad\n");
        assertThat(tail.lines()).containsExactly("model loaded", "terminate called after throwing", "  what():  bad");
    }

    private void write(String text) {
        tail.drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
