package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.config.ConfigLoader;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** What a command finds around it. */
record Surroundings(Map<String, String> environment, Terminal terminal) {
    private static final String HOME = "ORCHESTRATOR_HOME";
    private static final String TERMINAL = "ORCHESTRATOR_TERMINAL";

    /** The folder that the variable names, else the working folder. */
    Path home() {
        try {
            return Path.of(environment.getOrDefault(HOME, "")).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException("environment variable " + HOME + ": expected the path of a folder", e);
        }
    }

    /** Whether standard error is a terminal, which the script that starts the program finds out. */
    boolean onTerminal() {
        return environment.containsKey(TERMINAL);
    }

    OrchestratorConfig config(ListenAddress commandLine) {
        return ConfigLoader.load(home(), environment, commandLine);
    }
}
