package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.Map;

class EmbeddedResponseFormatTest extends ResponseFormatTests {
    @Override
    LlamaCppProvider provider(Path folder, Map<String, Object> settings) {
        return Providers.of(folder, settings);
    }
}
