package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.ConfigLoader;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import java.nio.file.Path;
import java.util.Map;

/** What a command finds around it. */
record Surroundings(Map<String, String> environment, Output output) {
    /** The folder that {@code ORCHESTRATOR_HOME} names, else the current one. */
    Path home() {
        return Path.of(environment.getOrDefault("ORCHESTRATOR_HOME", ""))
                .toAbsolutePath()
                .normalize();
    }

    OrchestratorConfig config(ListenAddress address) {
        return ConfigLoader.load(home(), environment, address);
    }
}
