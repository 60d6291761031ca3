package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path home;

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() throws IOException {
        program = new Program(home).configured("server: {port: 1234}");
    }

    @Test
    void aConfigurationThatHolds() throws Exception {
        assertThat(program.run("config", "check")).isEqualTo(new CommandRun(0, "the configuration holds\n", ""));
        assertThat(program.run("config", "check", "--json").out()).isEqualTo("{\"ok\":true,\"notices\":[]}\n");
    }

    @Test
    void noticesAreShown() throws Exception {
        program.environment.put("HOST", "0.0.0.0");

        CommandRun text = program.run("config", "check");
        assertThat(text.code()).isZero();
        assertThat(text.err())
                .startsWith("listening on 0.0.0.0 without API keys")
                .hasLineCount(1);

        CommandRun json = program.run("config", "check", "--json");
        assertThat(json.json().path("notices").path(0).asText()).startsWith("listening on 0.0.0.0");
    }

    @Test
    void whatTheConfigurationNamesIsCheckedToo() {
        program.check = (config, folder) -> {
            assertThat(folder).isEqualTo(home);
            throw new ConfigException(
                    "config/routes.yaml:3: on port " + config.server().port());
        };

        assertThat(program.run("config", "check"))
                .isEqualTo(new CommandRun(1, "", "config/routes.yaml:3: on port 1234\n"));
    }

    @Test
    void everyReasonOfThePluginsIsShown() throws Exception {
        Files.createDirectory(home.resolve("plugins"));
        program.configured("""
                cache:
                  tiers:
                    - kind: attic
                classifier:
                  kind: oracle
                """);
        program.check = (config, folder) -> PluginHost.check(folder, config);

        CommandRun text = program.run("config", "check");
        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).hasLineCount(2).contains("config/orchestrator.yaml:3", "attic", "oracle");
        assertThat(program.run("config", "check", "--json").json().path("error").asText())
                .isEqualTo(text.err().strip());
    }

    @Test
    void theAddressIsWhatAClientHereUses() throws Exception {
        program.environment.put("HOST", "0.0.0.0");

        assertThat(program.run("config", "address")).isEqualTo(new CommandRun(0, "http://127.0.0.1:1234\n", ""));
        assertThat(program.run("config", "address", "--json").json().path("url").asText())
                .isEqualTo("http://127.0.0.1:1234");
    }
}
