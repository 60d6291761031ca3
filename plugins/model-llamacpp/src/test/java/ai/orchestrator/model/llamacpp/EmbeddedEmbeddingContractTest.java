package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.testkit.EmbeddingProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEmbeddingContractTest extends EmbeddingProviderContract {
    @TempDir
    static Path folder;

    @Override
    protected EmbeddingProvider open() {
        Path file = folder.resolve("tiny-embedder.gguf");
        if (!Files.exists(file)) {
            TinyModels.embedder().to(file);
        }
        return Providers.of(folder);
    }
}
