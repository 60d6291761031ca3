package ai.orchestrator.server.search.evaluate;

/** A file of a collection cannot be used; the message says which, where and why. */
public final class BadCollectionException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCollectionException(String message) {
        super(message);
    }
}
