package ai.orchestrator.server.orchestration;

import java.util.Optional;

/** Knows how those who named models spelled the names, which are compared without regard to case. */
@FunctionalInterface
public interface NameSpelling {
    /**
     * The spelling of a name, without Ollama's default host and namespace, with its tag.
     *
     * @param full as {@link ModelName} has it; empty if the model is not known here
     */
    Optional<String> spelling(String full);
}
