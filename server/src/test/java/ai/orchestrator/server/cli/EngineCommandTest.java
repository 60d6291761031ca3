package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.EngineConfig.Origin;
import ai.orchestrator.server.engine.EngineSite;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandTest {
    @TempDir
    Path home;

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() {
        program = new Program(home);
    }

    @Test
    void theEngineIsInstalledAndThenItIsThere() throws Exception {
        try (EngineSite site = new EngineSite()) {
            configure(site.offer(Origin.ARCHIVE, EngineSite.releaseOf("1.0")));

            CommandRun first = program.run("engine");
            assertThat(first.code()).isZero();
            assertThat(first.out())
                    .startsWith("llama-server 1.0 installed: engine/bin/llama-server, from http://127.0.0.1:");

            CommandRun second = program.run("engine", "--json");
            assertThat(second.code()).isZero();
            JsonNode json = second.json();
            assertThat(json.path("outcome").asText()).isEqualTo("present");
            assertThat(json.path("version").asText()).isEqualTo("1.0");
            assertThat(json.path("built").asBoolean(true)).isFalse();

            assertThat(program.run("engine", "--force").out()).startsWith("llama-server 1.0 installed");
        }
    }

    @Test
    void aFailureSaysWhy() throws Exception {
        try (EngineSite site = new EngineSite()) {
            configure(site.offer(Origin.ARCHIVE, new byte[] {1, 2, 3}));

            CommandRun run = program.run("engine");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .endsWith("the engine is not installed: what was downloaded is neither a .tar.gz nor a .zip\n");
            assertThat(program.run("engine", "--json").json().path("error").asText())
                    .startsWith("the engine is not installed: ");
        }
    }

    @Test
    void withoutAnEngineInTheConfigurationThereIsNoneToInstall() {
        CommandRun run = program.configured("engine:\n  archive: {url: \"${LLAMA_SERVER_URL:-}\"}\n")
                .run("engine");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("the configuration names no engine: give 'engine.source' or 'engine.archive'\n");
    }

    @Test
    void noJobsAreAWrongUse() {
        assertThat(program.run("engine", "--jobs", "0").code()).isEqualTo(2);
    }

    private void configure(EngineConfig engine) {
        program.configured(
                "engine: {archive: {url: \"%s\", sha256: %s}}".formatted(((Web) engine.from()).uri(), engine.sha256()));
    }
}
