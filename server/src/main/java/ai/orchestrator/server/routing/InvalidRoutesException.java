package ai.orchestrator.server.routing;

import java.util.List;

/** A rule file cannot be used. The message has one line for each thing that is wrong: {@code file:line: sentence}. */
public final class InvalidRoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRoutesException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** What is wrong, in the order of the file; never empty. */
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
