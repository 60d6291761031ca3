package ai.orchestrator.server.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.server.classify.OutcomeFile.Outcomes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeFileTest {
    private static final String TABLE = """
            domain\tprompt\tweak_correct\tstrong_correct\tcontaminated
            law\t"Two lines,
            and a ""quote"" with a\ttab"\t0\t1\t0
            law\tplain\t1\t1.0\t

            law\tnobody knows\t\t1\t0
            law\tnot to be used\t1\t1\t1
            """;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("outcomes.tsv");
    }

    private Path with(String text) throws IOException {
        return Files.writeString(file, text);
    }

    @Test
    void readsWhatIsKnownAndCountsTheRest() throws Exception {
        assertTable(OutcomeFile.read(with(TABLE)));
        assertTable(OutcomeFile.read(with("\uFEFF" + TABLE.replace("\n", "\r\n").replace("lines,\r", "lines,"))));
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(TABLE.getBytes(StandardCharsets.UTF_8));
        }
        assertTable(OutcomeFile.read(file));
    }

    private static void assertTable(Outcomes read) {
        assertThat(read.outcomes())
                .containsExactly(
                        new Outcome("Two lines,\nand a \"quote\" with a\ttab", false, true),
                        new Outcome("plain", true, true));
        assertThat(read.unknown()).isEqualTo(1);
        assertThat(read.contaminated()).isEqualTo(1);
    }

    @Test
    void readsPromptsOfATableThatHasNothingElse() throws Exception {
        assertThat(OutcomeFile.prompts(with("prompt\nfirst\n\"second, with a\ttab\"\n")))
                .containsExactly("first", "second, with a\ttab");
    }

    @ParameterizedTest
    @CsvSource({
        "prompt\tweak_correct, there is no column strong_correct",
        "prompt weak_correct strong_correct, there is no column prompt and none strong_correct and none weak_correct",
    })
    void refusesATableWithoutTheColumns(String header, String message) throws Exception {
        assertRefused(with(header + "\n"), message);
        assertRefused(with(header + "\na\t0\n"), message);
    }

    @Test
    void refusesAnEmptyFile() throws Exception {
        assertRefused(with(""), "first line names the columns");
        assertRefused(with("\n\n"), "first line names the columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "yes", "0,5", "-1"})
    void refusesACellThatIsNeither(String cell) throws Exception {
        assertRefused(
                with("prompt\tweak_correct\tstrong_correct\na\t0\t1\nb\t" + cell + "\t1\n"),
                "weak_correct: expected 0 or 1, or nothing where it is not known, found '" + cell + "'");
    }

    @Test
    void tellsTheLineOfABadCell() throws Exception {
        assertRefused(with("prompt\tweak_correct\tstrong_correct\na\t0\t1\nb\tx\t1\n"), "outcomes.tsv:3: weak_correct");
    }

    @Test
    void refusesATableThatTellsNothing() throws Exception {
        assertRefused(with("prompt\tweak_correct\tstrong_correct\n"), "has no row that says how both models did");
        assertRefused(
                with("prompt\tweak_correct\tstrong_correct\na\t\t1\n"),
                "has no row that says how both models did (1 do not say it, 0 are marked as contaminated)");
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        Files.write(
                file,
                "prompt\tweak_correct\tstrong_correct\nM\u00fcller\t0\t1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, "is not UTF-8 text");
        assertRefused(
                with("prompt\tweak_correct\tstrong_correct\n\"never closed\t0\t1\n"),
                "no table of tab-separated values");
    }

    @Test
    void refusesAFileThatIsNotThereOrCut() throws Exception {
        assertRefused(folder.resolve("none.tsv"), "is not there");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(TABLE.repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(file, "outcomes.tsv");
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(BadOutcomesException.class)
                .isThrownBy(() -> OutcomeFile.read(file))
                .withMessageContaining(message);
    }
}
