package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.Map;

class ServerGenerationTest extends GenerationTests {
    @Override
    LlamaCppProvider provider(Path folder, Map<String, Object> settings) {
        return Providers.onServer(folder, settings);
    }

    @Override
    boolean mayGiveUpOnBytes() {
        return true;
    }
}
