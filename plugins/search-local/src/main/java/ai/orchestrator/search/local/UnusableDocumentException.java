package ai.orchestrator.search.local;

/** A file's content cannot be indexed, and will not be before the file changes. The message goes on after its name: "is not text". */
final class UnusableDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableDocumentException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
