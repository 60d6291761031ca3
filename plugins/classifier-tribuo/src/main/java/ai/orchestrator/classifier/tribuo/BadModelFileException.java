package ai.orchestrator.classifier.tribuo;

/** A file is no model of this plugin, or a damaged one. The message says which, for the operator. */
final class BadModelFileException extends Exception {
    private static final long serialVersionUID = 1L;

    BadModelFileException(String message) {
        super(message);
    }

    BadModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
