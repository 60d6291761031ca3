package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadCommandTest {
    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private final HttpServer web;
    private Program program = new Program(Path.of(""));

    DownloadCommandTest() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/file", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        web.start();
    }

    @BeforeEach
    void newHome() throws IOException {
        program = new Program(home).configured("""
                downloads:
                  - {name: "small:1b", file: small.gguf, bytes: 7, default: true, sources: [{url: "%1$s/file"}]}
                  - {name: "other:1b", file: other.gguf, sources: [{url: "%1$s/file"}]}
                  - {name: "large:7b", file: large.gguf, sources: [{url: "${LARGE_URL:-}"}]}
                  - {name: "gone:7b", file: gone.gguf, sources: [{url: "%1$s/gone %1$s/${TOKEN:-lost}"}]}
                """.formatted(address()));
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @Test
    void withoutANameTheDefaultsAreObtained() {
        CommandRun first = program.run("download");
        assertThat(first.code()).isZero();
        assertThat(first.out()).isEqualTo("small:1b: models/small.gguf obtained\n");
        assertThat(home.resolve("models/small.gguf")).hasBinaryContent(CONTENT);
        assertThat(home.resolve("models/other.gguf")).doesNotExist();

        assertThat(program.run("download")).isEqualTo(new CommandRun(0, "small:1b: models/small.gguf is there\n", ""));
    }

    @Test
    void withANameThatOneIs() throws Exception {
        CommandRun run = program.run("download", "other:1b", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo("{\"downloads\":[{\"name\":\"other:1b\",\"file\":\"models/other.gguf\","
                        + "\"outcome\":\"obtained\"}]}\n");
        assertThat(home.resolve("models/small.gguf")).doesNotExist();
    }

    @Test
    void allAreTriedAndEveryReasonIsShown() throws Exception {
        CommandRun text = program.run("download", "--all");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).hasLineCount(2);
        assertThat(text.err()).endsWith("""
                large:7b could not be obtained: no address configured
                gone:7b could not be obtained:
                  %1$s/gone: the server answers with status 404
                  %1$s/lost: the server answers with status 404
                """.formatted(address()));
    }

    @Test
    void aFailureAsJsonTellsWhatWasObtainedToo() throws Exception {
        CommandRun run = program.run("download", "--json", "small:1b", "large:7b");

        assertThat(run.code()).isEqualTo(1);
        JsonNode json = run.json();
        assertThat(json.path("error").asText()).isEqualTo("large:7b could not be obtained: no address configured");
        assertThat(json.findValuesAsText("outcome")).containsExactly("obtained", "failed");
    }

    @Test
    void secretsAreNotShown() {
        program.environment.put("TOKEN", "hush-hush");

        CommandRun run = program.run("download", "gone:7b");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("/***: the server answers").doesNotContain("hush");
    }

    @Test
    void aNameThatIsNotListedIsAWrongUse() throws Exception {
        CommandRun run = program.run("download", "smal:1b");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("there is no download 'smal:1b', did you mean 'small:1b'?")
                .contains("Usage: orchestrator download");

        CommandRun json = program.run("download", "--json", "smal:1b");
        assertThat(json.code()).isEqualTo(2);
        assertThat(json.json().path("error").asText()).startsWith("there is no download");
    }

    @Test
    void namesAndAllAreAWrongUse() {
        assertThat(program.run("download", "--all", "small:1b").code()).isEqualTo(2);
        assertThat(home.resolve("models")).doesNotExist();
    }

    @Test
    void whereNothingIsMarkedAsDefaultThereIsNothingToDo() throws Exception {
        program.configured("downloads: []");

        assertThat(program.run("download"))
                .isEqualTo(new CommandRun(0, "nothing to obtain: no download is marked 'default: true'\n", ""));
        assertThat(program.run("download", "--json").out()).isEqualTo("{\"downloads\":[]}\n");
    }

    private String address() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }
}
