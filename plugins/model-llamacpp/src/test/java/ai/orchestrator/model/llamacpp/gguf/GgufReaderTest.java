package ai.orchestrator.model.llamacpp.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.model.llamacpp.GgufWriter;
import ai.orchestrator.model.llamacpp.TinyModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufReaderTest {
    /** Where the number of tensors, the number of keys and the first key's length are. */
    private static final int TENSORS = 8;

    private static final int KEYS = 16;
    private static final int FIRST_KEY = 24;

    @TempDir
    Path folder;

    @Test
    void reads_texts_numbers_and_short_lists_and_leaves_long_lists_in_the_file() throws IOException {
        Path file = TinyModels.generator()
                .put("general.languages", List.of("en", "de"))
                .to(folder.resolve("model.gguf"));
        GgufHeader header = GgufReader.read(file);

        assertThat(header.architecture()).isEqualTo("llama");
        assertThat(header.architectureNumber("context_length")).hasValue(TinyModels.CONTEXT);
        assertThat(header.metadata()).containsEntry("general.languages", List.of("en", "de"));
        assertThat(header.number("general.name")).isEmpty();
        assertThat(header.text("llama.context_length")).isEmpty();
        assertThat(header.parameters()).isBetween(30_000L, 60_000L);

        GgufHeader.LongArray tokens =
                (GgufHeader.LongArray) Objects.requireNonNull(header.metadata().get("tokenizer.ggml.tokens"));
        List<String> found = new ArrayList<>();
        GgufReader.forEachText(file, tokens, (token, index) -> {
            assertThat(index).isEqualTo(found.size());
            found.add(token);
        });
        assertThat(found)
                .hasSize((int) tokens.length())
                .startsWith("<unk>", "<s>", "</s>")
                .contains("語", "😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GGUF", "not a model at all, but a text that is long enough"})
    void what_is_no_gguf_file_is_refused(String content) throws IOException {
        assertRefused(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_that_is_cut_short_anywhere_is_refused() throws IOException {
        byte[] whole = small().bytes();
        for (int length = 0; length < whole.length - 31; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, 1L << 40, 1 << 30, 100_000})
    void counts_and_lengths_that_cannot_be_true_are_refused(long claim) throws IOException {
        for (int at : new int[] {TENSORS, KEYS, FIRST_KEY}) {
            byte[] file = small().bytes();
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(at, claim);
            assertRefused(file);
        }
    }

    @Test
    void tensors_larger_than_any_file_are_refused() throws IOException {
        for (long dimension : new long[] {1 << 30, Long.MAX_VALUE}) {
            assertRefused(new GgufWriter()
                    .tensor("t", new float[8], dimension, dimension, dimension)
                    .bytes());
        }
    }

    @Test
    void a_key_that_is_there_twice_and_an_unknown_version_are_refused() throws IOException {
        byte[] twice = new GgufWriter().put("ab", 1).put("ac", 1).bytes();
        int second = new String(twice, StandardCharsets.ISO_8859_1).indexOf("ac");
        twice[second + 1] = 'b';
        assertRefused(twice);

        byte[] first = small().bytes();
        first[4] = 1;
        assertRefused(first);
    }

    @Test
    void metadata_that_would_fill_the_memory_is_refused() throws IOException {
        GgufWriter writer = new GgufWriter();
        for (int i = 0; i < 20; i++) {
            writer.put("text" + i, "x".repeat(1 << 20));
        }
        assertRefused(writer.bytes());
    }

    @Test
    void damage_anywhere_leads_to_no_other_failure() throws IOException {
        byte[] whole = small().bytes();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                GgufReader.read(write(damaged));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static GgufWriter small() {
        return new GgufWriter()
                .put("general.architecture", "llama")
                .put("some.flag", true)
                .put("some.number", 1.5f)
                .put("some.list", Collections.nCopies(70, "token"))
                .tensor("weights", new float[16], 4, 4);
    }

    private void assertRefused(byte[] content) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> GgufReader.read(file))
                .isInstanceOf(MalformedGgufException.class)
                .hasMessageMatching("its? .+");
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.gguf"), content);
    }
}
