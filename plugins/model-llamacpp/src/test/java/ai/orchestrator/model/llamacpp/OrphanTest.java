package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker does not outlive its parent, however that ends. */
class OrphanTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_models_process_ends_when_its_parent_is_killed(On engine) throws Exception {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString(),
                        engine.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.startsWith(Parent.SAYS)) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            ProcessHandle worker = ProcessHandle.of(Long.parseLong(line.substring(Parent.SAYS.length())))
                    .orElseThrow();
            assertThat(worker.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();
            Ask.until("the worker has ended", () -> !worker.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Loads a model, says its worker's process, and waits to be killed. */
    static final class Parent {
        static final String SAYS = "worker ";

        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            LlamaCppProvider provider = On.valueOf(arguments[1]).provider(Path.of(arguments[0]));
            provider.load("tiny:latest", Optional.empty());
            System.out.println(
                    SAYS + provider.worker("tiny:latest").orElseThrow().child().pid());
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }
    }
}
