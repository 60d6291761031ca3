package ai.orchestrator.server.orchestration;

import java.util.Optional;

/** Knows how those who named models spelled the names, which are compared without regard to case. */
@FunctionalInterface
public interface NameSpelling {
    /**
     * The spelling of a name, without Ollama's default host and namespace, with its tag; empty where it is the name itself.
     *
     * @param full as {@link ModelName} has it
     */
    Optional<String> spelling(String full);
}
