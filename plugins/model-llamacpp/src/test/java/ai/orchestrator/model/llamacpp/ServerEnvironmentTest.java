package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {
    private final ProcessBuilder builder = new ProcessBuilder("llama-server");

    @Test
    void leavesOutWhatAServerNeedNotKnow() {
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/bin");
        environment.put("OPENROUTER_API_KEY", "secret");
        environment.put("GGML_SCHED_DEBUG", "0");

        ServerCommand.environment(builder, Path.of("engine", "bin", "llama-server"));

        assertThat(environment)
                .containsEntry("PATH", "/bin")
                .containsEntry("GGML_SCHED_DEBUG", "0")
                .doesNotContainKey("OPENROUTER_API_KEY");
    }

    @Test
    void looksForLibrariesBesideTheProgram() {
        builder.environment().put("LD_LIBRARY_PATH", "operators");
        Path folder = Path.of("engine", "bin").toAbsolutePath();

        ServerCommand.environment(builder, folder.resolve("llama-server"));

        assertThat(builder.environment().get("LD_LIBRARY_PATH"))
                .isEqualTo(folder + ":" + folder.resolveSibling("lib") + ":operators");
    }

    @Test
    void hasThreadsSpinForAShortTimeUnlessTheOperatorWantsOtherwise() {
        builder.environment().keySet().removeIf(name -> name.contains("OMP_"));
        ServerCommand.environment(builder, Path.of("llama-server"));
        assertThat(builder.environment()).containsEntry("GOMP_SPINCOUNT", "10000");

        builder.environment().put("GOMP_SPINCOUNT", "7");
        ServerCommand.environment(builder, Path.of("llama-server"));
        assertThat(builder.environment()).containsEntry("GOMP_SPINCOUNT", "7");

        builder.environment().remove("GOMP_SPINCOUNT");
        builder.environment().put("OMP_WAIT_POLICY", "active");
        ServerCommand.environment(builder, Path.of("llama-server"));
        assertThat(builder.environment()).doesNotContainKey("GOMP_SPINCOUNT");
    }
}
