package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeTest extends LibraryFixture {
    private static final int F16 = 1;
    private static final int Q8_0 = 7;

    @TempDir
    Path programs;

    private String plain;

    @BeforeEach
    void uploadPlain() throws IOException {
        plain = upload(TestGguf.weights("plain").with("general.file_type", F16).bytes());
        Files.write(
                programs.resolve("result.gguf"),
                TestGguf.weights("small").with("general.file_type", Q8_0).bytes());
    }

    /** A program in llama-quantize's place. */
    private void program(String script) throws IOException {
        Path program = programs.resolve("llama-quantize");
        Files.writeString(program, "#!/bin/sh\ncd '" + programs + "'\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        quantizer = Optional.of(program);
    }

    private Reply quantize(String type, String rest) {
        return client.post(
                "/api/create",
                "{\"model\":\"small\",\"files\":{\"a.gguf\":\"" + plain + "\"},\"quantize\":\"" + type + "\"" + rest
                        + "}");
    }

    @Test
    void makesTheFileSmaller() throws IOException {
        program("""
                echo "$1 $4" > arguments
                echo 'main: quantizing'
                echo '[   1/   2] token_embd.weight - [ 16], converting to q8_0'
                echo '[   2/   2] output.weight - [ 16], converting to q8_0'
                cp result.gguf "$3"
                """);
        Reply reply = quantize("q8_0", "");
        List<JsonNode> told = reply.lines().stream()
                .filter(line -> line.path("status").asText().equals("quantizing F16 model to Q8_0"))
                .toList();
        long size = TestGguf.weights("plain").bytes().length;

        assertThat(Files.readString(programs.resolve("arguments"))).isEqualTo("--allow-requantize Q8_0\n");
        assertThat(statuses(reply))
                .startsWith("parsing GGUF", "quantizing F16 model to Q8_0", "verifying conversion")
                .endsWith("writing manifest", "success");
        assertThat(told).extracting(line -> line.path("completed").asLong()).containsExactly(0L, size / 2, size);
        assertThat(told).allMatch(line -> line.path("total").asLong() == size);
        assertThat(runner.offered.getFirst().weights())
                .hasBinaryContent(Files.readAllBytes(programs.resolve("result.gguf")));
        assertThat(files()).noneMatch(file -> file.contains(".upload-"));
    }

    @Test
    void leavesAFileOfThatTypeAsItIs() throws IOException {
        program("exit 9");

        assertThat(statuses(quantize("f16", ""))).endsWith("success").doesNotContain("verifying conversion");
        assertThat(runner.offered.getFirst().weights().toString()).endsWith(plain.substring(7));
    }

    @Test
    void quantizesAnotherModelsFile() throws IOException {
        program("cp result.gguf \"$3\"");
        client.post("/api/create", "{\"model\":\"plain\",\"files\":{\"a.gguf\":\"" + plain + "\"},\"system\":\"Hi.\"}");
        Reply reply = client.post("/api/create", "{\"model\":\"small\",\"from\":\"plain\",\"quantize\":\"Q8_0\"}");

        assertThat(statuses(reply)).endsWith("success");
        assertThat(show("small").path("system").asText()).isEqualTo("Hi.");
        assertThat(listed()).contains("plain:latest", "small:latest");
    }

    @Test
    void refusesWhatIsQuantizedAlready() throws IOException {
        program("exit 0");
        plain = upload(TestGguf.weights("done").with("general.file_type", Q8_0).bytes());

        assertThat(error(quantize("q4_0", "")))
                .isEqualTo("quantization is only supported for F16, BF16 and F32 models");
        assertThat(listed()).isEmpty();
    }

    @Test
    void leavesNothingWhereTheProgramFails() throws IOException {
        program("""
                echo half > "$3"
                echo "failed to quantize: no space for $3" >&2
                exit 1
                """);
        Reply reply = quantize("q8_0", ",\"stream\":false");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(error(reply))
                .isEqualTo("the model cannot be quantized: failed to quantize: no space for the new file");
        assertThat(listed()).isEmpty();
        assertThat(files()).containsExactly("blobs/sha256-" + plain.substring(7));
    }

    @Test
    void refusesWhatTheProgramWritesIfItIsNoModel() throws IOException {
        program("echo junk > \"$3\"");

        assertThat(error(quantize("q8_0", ""))).endsWith("cannot be used: it is not a GGUF file");
        assertThat(files()).containsExactly("blobs/sha256-" + plain.substring(7));
    }
}
