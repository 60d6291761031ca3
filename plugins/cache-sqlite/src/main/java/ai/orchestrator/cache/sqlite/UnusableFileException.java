package ai.orchestrator.cache.sqlite;

/** The file is a sound database, but not one that this version may write. The message goes on after the file's name. */
final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String what) {
        super(what);
    }

    UnusableFileException(String what, Throwable cause) {
        super(what, cause);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
