package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.Map;

/** Either engine, for tests of what both have to do alike. */
enum On {
    EMBEDDED,
    SERVER;

    LlamaCppProvider provider(Path folder, Map<String, Object> settings) {
        return this == EMBEDDED ? Providers.of(folder, settings) : Providers.onServer(folder, settings);
    }

    LlamaCppProvider provider(Path folder) {
        return provider(folder, Map.of());
    }
}
