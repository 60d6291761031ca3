package ai.orchestrator.server.orchestration;

/** The library refuses or fails. The message is for the client: one sentence without paths. */
public final class LibraryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** The request is wrong. */
        INVALID,
        /** The library may only be read. */
        READ_ONLY,
        /** What was asked for is not there. */
        NOT_FOUND,
        /** The registry's model, or the disk, is at fault. */
        FAILED,
        /** A transfer broke off, and can be gone on with. */
        BROKEN_OFF
    }

    public LibraryFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public LibraryFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A request that is wrong. */
    public static LibraryFailure invalid(String message) {
        return new LibraryFailure(Kind.INVALID, message);
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** The message, which is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
