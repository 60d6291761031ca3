package ai.orchestrator.cache.sqlite;

/** The file that is open has lost its name: it was removed or replaced. */
final class MovedFileException extends Exception {
    private static final long serialVersionUID = 1L;

    MovedFileException() {
        super("the file was removed or replaced");
    }
}
