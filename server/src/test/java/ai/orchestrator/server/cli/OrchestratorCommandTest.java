package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.config.Product;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrchestratorCommandTest {
    @TempDir
    Path home;

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() {
        program = new Program(home);
    }

    @Test
    void versionIsTheRelease() throws Exception {
        CommandRun text = program.run("version");
        assertThat(text.code()).isZero();
        assertThat(text.out()).startsWith("AI Orchestrator " + Product.VERSION + " ");
        assertThat(text.err()).isEmpty();

        CommandRun json = program.run("version", "--json");
        assertThat(json.code()).isZero();
        assertThat(json.json().path("version").asText()).isEqualTo(Product.VERSION);
    }

    @Test
    void jsonMayStandBeforeTheCommand() throws Exception {
        assertThat(program.run("--json", "version").json().has("version")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve ", "download ", "config ", "config check ", "config address ", "version "})
    void everyCommandHasHelp(String command) {
        CommandRun run = program.run((command + "--help").split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: orchestrator " + command).contains("--json", "--help");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json",
                "serv",
                "config",
                "config chek",
                "version --loud",
                "version now",
                "serve --port",
                "serve --port many",
                "serve --port 65536",
                "serve --port -1",
                "serve 5732"
            })
    void aWrongUseEndsWithTwoAndTheUsage(String line) {
        program.server = (config, folder) -> {
            throw new AssertionError("nothing is to be served");
        };
        CommandRun run = program.run(line.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: orchestrator");
    }

    @Test
    void withoutACommandItIsUsedWrongly() {
        CommandRun run = program.run();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: orchestrator");
    }

    @Test
    void aWrongUseIsToldAsJsonWhereverTheWordStands() throws Exception {
        CommandRun run = program.run("serve", "--prot", "1", "--json");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.json().path("error").asText()).contains("--prot");
        assertThat(run.err()).contains("Usage: orchestrator serve").doesNotContain("Unknown option");
    }
}
