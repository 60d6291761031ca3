package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    Path home;

    private final List<String> served = new ArrayList<>();
    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() throws IOException {
        program = new Program(home).configured("server: {host: localhost, port: 1}");
        program.server = (config, folder) -> {
            assertThat(folder).isEqualTo(home);
            served.add(config.server().host() + " " + config.server().port());
        };
    }

    @Test
    void theServerRunsWithTheConfigurationAndTheCommandLineWins() {
        assertThat(program.run("serve")).isEqualTo(new CommandRun(0, "", ""));
        program.environment.put("PORT", "2");
        assertThat(program.run("serve").code()).isZero();
        assertThat(program.run("serve", "--host", "127.0.0.2", "--port=0").code())
                .isZero();

        assertThat(served).containsExactly("localhost 1", "localhost 2", "127.0.0.2 0");
    }

    @Test
    void theEndIsToldAsJson() throws Exception {
        assertThat(program.run("serve", "--json").json().path("stopped").asBoolean())
                .isTrue();
    }

    @Test
    void aBadConfigurationIsOneSentence() throws Exception {
        program.configured("server:\n  prot: 1\n");

        String message = "config/orchestrator.yaml:2: unknown key 'prot', did you mean 'port'?";
        assertThat(program.run("serve")).isEqualTo(new CommandRun(1, "", message + "\n"));

        CommandRun json = program.run("serve", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().path("error").asText()).isEqualTo(message);
        assertThat(json.err()).isEmpty();
        assertThat(served).isEmpty();
    }

    @Test
    void aHomeWithoutAConfigurationIsOneSentence() {
        program.environment.put("ORCHESTRATOR_HOME", home.resolve("elsewhere").toString());

        CommandRun run = program.run("serve");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("config/orchestrator.yaml: is not there")
                .hasLineCount(1);
    }

    @Test
    void aHomeThatIsNoPathIsOneSentence() {
        program.environment.put("ORCHESTRATOR_HOME", "a\0b");

        assertThat(program.run("serve"))
                .isEqualTo(new CommandRun(
                        1, "", "environment variable ORCHESTRATOR_HOME: expected the path of a folder\n"));
    }

    @Test
    void expectedFailuresAreToldInTheirOwnWords() {
        assertThat(failing(new BindException("port 1 is taken"))).isEqualTo("port 1 is taken\n");
        assertThat(failing(new ConfigException("routes.yaml:1: bad"))).isEqualTo("routes.yaml:1: bad\n");
        assertThat(failing(new UncheckedIOException(new IOException("broken")))).isEqualTo("broken\n");
        assertThat(failing(new IOException())).isEqualTo("IOException\n");
        assertThat(failing(new NoSuchFileException(home.resolve("routes.yaml").toString())))
                .isEqualTo("routes.yaml: NoSuchFileException\n");
        assertThat(failing(new InterruptedException())).isEqualTo("interrupted\n");
    }

    @Test
    void aFaultOfTheProgramSaysThatTheLogHasIt() {
        assertThat(failing(new IllegalStateException("at 0x7f")))
                .isEqualTo("unexpected failure, the log says more: IllegalStateException\n");
    }

    private String failing(Exception failure) {
        program.server = (config, folder) -> {
            throw failure;
        };
        CommandRun run = program.run("serve");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
