package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.OrchestratorConfig;
import java.nio.file.Path;

/** The server, as the command line sees it. */
@FunctionalInterface
public interface Server {
    /**
     * Runs the server and returns when it has ended.
     *
     * @param home the folder that holds {@code config}, {@code plugins}, {@code data} and {@code models}
     * @throws Exception if it cannot start; the message is shown to the operator
     */
    void serve(Path home, OrchestratorConfig config) throws Exception;
}
