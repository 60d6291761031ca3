package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same bytes have the same key today and tomorrow, here and elsewhere: replicas and restarts share what is stored. */
class GoldenKeysTest {
    @Test
    void theKeysAreThoseThatAreWrittenDown() throws IOException {
        assertThat(GoldenKeys.compute())
                .as("where this changes by intent, CanonicalRequest.VERSION has to change with it")
                .containsExactlyElementsOf(written());
    }

    @Test
    void theKeysDependOnNothingOfTheMachine() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Dfile.encoding=ISO-8859-1",
                        "-Dstdout.encoding=US-ASCII",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Dline.separator=\r\n",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        GoldenKeys.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();

        List<String> keys = output.lines()
                .filter(line -> line.startsWith("key "))
                .map(line -> line.substring("key ".length()).strip())
                .toList();
        assertThat(keys).as(output).containsExactlyElementsOf(written());
    }

    private static List<String> written() throws IOException {
        return GoldenKeys.read().stream()
                .map(golden -> golden.md5() + " " + golden.sha256())
                .toList();
    }
}
