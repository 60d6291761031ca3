package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.Map;

class EmbeddedGenerationTest extends GenerationTests {
    @Override
    LlamaCppProvider provider(Path folder, Map<String, Object> settings) {
        return Providers.of(folder, settings);
    }

    @Override
    boolean mayGiveUpOnBytes() {
        return false;
    }
}
