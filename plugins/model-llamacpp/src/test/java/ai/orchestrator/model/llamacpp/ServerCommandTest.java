package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandTest {
    @TempDir
    Path folder;

    @Test
    void hasPromptsReadInStepsBetweenWhichItSeesWhoHasLeft() throws Exception {
        assertThat(command(TinyModels.generator())).containsSequence("--batch-size", "512");
    }

    @Test
    void hasATextEmbeddedInOneStep() throws Exception {
        assertThat(command(TinyModels.embedder())).containsSequence("--batch-size", "300", "--ubatch-size", "300");
    }

    private List<String> command(GgufWriter writer) throws Exception {
        Path file = writer.to(folder.resolve("tiny.gguf"));
        ModelFile model = new ModelFile(
                "tiny:latest",
                List.of(ModelPart.of(file)),
                Instant.EPOCH,
                ModelFacts.read(file),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        LlamaCppSettings settings =
                LlamaCppSettings.of(new PluginContext("llamacpp", Settings.of(Map.of()), folder, "test"));
        ServerBinary binary = new ServerBinary(Path.of("llama-server"), "b1", "");
        return new ServerCommand(settings, binary)
                .process(folder, model, 300, Optional.empty())
                .command();
    }
}
