package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ServerModelContractTest extends ModelProviderContract {
    @TempDir
    Path folder;

    @Override
    protected ModelProvider create() {
        TinyModels.toolCaller().to(folder.resolve("tiny.gguf"));
        TinyModels.projector().to(folder.resolve("mmproj-tiny.gguf"));
        return Providers.onServer(folder);
    }
}
