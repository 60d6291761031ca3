package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.OrchestratorConfig;
import java.nio.file.Path;

/** Looks at a part of the configuration that {@code orchestrator.yaml}'s own reader does not know. */
@FunctionalInterface
public interface ConfigCheck {
    /** @throws Exception if something is wrong; the message is shown to the operator */
    void check(Path home, OrchestratorConfig config) throws Exception;
}
