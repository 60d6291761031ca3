package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.Product;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<OrchestratorConfig> served = new ArrayList<>();
    private final List<ConfigCheck> checks = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        environment.put("ORCHESTRATOR_HOME", home.toString());
        config("server: {port: 7000}\n");
    }

    @Test
    void serveRunsTheServerAtTheAddressOfTheOptions() {
        assertThat(run("serve")).isZero();
        assertThat(run("serve", "--host", "127.0.0.2", "--port=0")).isZero();

        assertThat(served)
                .extracting(config -> config.server().url())
                .containsExactly("http://127.0.0.1:7000", "http://127.0.0.2:0");
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aServerThatCannotStartEndsWithOne() throws IOException {
        config("server: {prot: 7000}\n");

        assertThat(run("serve")).isEqualTo(1);
        assertThat(err).hasToString("config/orchestrator.yaml:1: unknown key 'prot', did you mean 'port'?\n");
        assertThat(run("serve", "--json")).isEqualTo(1);
        assertThat(json().path("error").asText())
                .isEqualTo("config/orchestrator.yaml:1: unknown key 'prot', did you mean 'port'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --prot 1 | Unknown options: '--prot', '1' (see 'orchestrator serve --help')",
                "serve --port often | Invalid value for option '--port': 'often' is not an int (see 'orchestrator serve --help')",
                "serve --port 70000 | Invalid value for option '--port': expected 0 to 65535 (see 'orchestrator serve --help')",
                "sevre | Unmatched argument at index 0: 'sevre' (see 'orchestrator --help')",
                "config | Name what to do with the configuration (see 'orchestrator config --help')",
                "download nothing | No download is called 'nothing' (see 'orchestrator download --help')",
            })
    void whatIsUsedWronglyEndsWithTwo(String line, String message) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err).hasToString(message + "\n");
        assertThat(out.toString()).isEmpty();

        assertThat(run((line + " --json").split(" ", -1))).isEqualTo(2);
        assertThat(json().path("error").asText()).isEqualTo(message);
        assertThat(served).isEmpty();
    }

    @Test
    void withoutACommandItIsUsedWrongly() {
        assertThat(run()).isEqualTo(2);
        assertThat(err).hasToString("Name a command (see 'orchestrator --help')\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "download -h",
                "config --help",
                "config check --help",
                "config address -h",
                "version --help"
            })
    void everyCommandHasHelp(String line) {
        assertThat(run(line.split(" ", -1))).isZero();
        assertThat(out.toString()).startsWith("Usage: orchestrator").contains("--json");
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .isEqualTo("AI Orchestrator " + Product.VERSION + " on Java " + Runtime.version() + "\n");
        assertThat(run("version", "--json")).isZero();
        assertThat(json().path("version").asText()).isEqualTo(Product.VERSION);
    }

    @Test
    void theAddressIsPrinted() {
        environment.put("HOST", "0.0.0.0");

        assertThat(run("config", "address")).isZero();
        assertThat(out).hasToString("http://127.0.0.1:7000\n");
        assertThat(run("config", "address", "--json")).isZero();
        assertThat(json()).hasToString("{\"url\":\"http://127.0.0.1:7000\",\"host\":\"0.0.0.0\",\"port\":7000}");
    }

    @Test
    void aRightConfigurationIsSaidToBe() {
        environment.put("REDIS_MAX_MEMORY_MB", "5");

        assertThat(run("config", "check")).isZero();
        assertThat(out).hasToString("config/orchestrator.yaml is right.\n");
        assertThat(err).hasToString("Note: REDIS_MAX_MEMORY_MB has no effect: set maxmemory on the Redis server\n");
        assertThat(run("config", "check", "--json")).isZero();
        assertThat(json().path("valid").asBoolean()).isTrue();
        assertThat(json().path("notices")).hasSize(1);
    }

    @Test
    void furtherChecksCount() {
        List<Path> checked = new ArrayList<>();
        checks.add((path, config) -> checked.add(path));
        checks.add((path, config) -> {
            throw new ConfigException("config/routes.yaml:1: wrong");
        });

        assertThat(run("config", "check")).isEqualTo(1);
        assertThat(checked).containsExactly(home);
        assertThat(err).hasToString("config/routes.yaml:1: wrong\n");
    }

    @Test
    void downloadObtainsTheDefaultsOrWhatIsNamed() throws IOException {
        config("""
                downloads:
                  - {name: one, file: one.bin, default: true}
                  - {name: two, file: two.bin}
                """);
        Files.createDirectories(home.resolve("models"));
        Files.writeString(home.resolve("models/one.bin"), "x");

        assertThat(run("download")).isZero();
        assertThat(out).hasToString("one: models/one.bin is there.\n");
        assertThat(run("download", "two")).isEqualTo(1);
        assertThat(err)
                .hasToString("two: models/two.bin could not be obtained: the configuration names no source for it\n");
        assertThat(run("download", "one", "two", "--json")).isEqualTo(1);
        assertThat(json().path("downloads"))
                .hasToString("[{\"name\":\"one\",\"file\":\"models/one.bin\",\"outcome\":\"present\",\"reasons\":[]},"
                        + "{\"name\":\"two\",\"file\":\"models/two.bin\",\"outcome\":\"failed\","
                        + "\"reasons\":[\"the configuration names no source for it\"]}]");
        assertThat(run("download", "tow")).isEqualTo(2);
        assertThat(err)
                .hasToString("No download is called 'tow', did you mean 'two'? (see 'orchestrator download --help')\n");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Server server = (path, config) -> served.add(config);
        return new Cli(environment, new PrintWriter(out), new PrintWriter(err), server, checks).run(args);
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(out.toString());
        } catch (IOException e) {
            throw new AssertionError(out.toString(), e);
        }
    }

    private void config(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/orchestrator.yaml"), yaml);
    }
}
