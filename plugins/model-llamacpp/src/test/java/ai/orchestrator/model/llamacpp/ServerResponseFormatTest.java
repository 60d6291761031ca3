package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.Map;

class ServerResponseFormatTest extends ResponseFormatTests {
    @Override
    LlamaCppProvider provider(Path folder, Map<String, Object> settings) {
        return Providers.onServer(folder, settings);
    }
}
