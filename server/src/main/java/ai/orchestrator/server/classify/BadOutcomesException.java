package ai.orchestrator.server.classify;

/** A file of outcomes cannot be used. The message says why, with the file's name and where possible the line. */
public final class BadOutcomesException extends Exception {
    private static final long serialVersionUID = 1L;

    BadOutcomesException(String message) {
        super(message);
    }
}
