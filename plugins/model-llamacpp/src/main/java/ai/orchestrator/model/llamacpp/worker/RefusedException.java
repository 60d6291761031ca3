package ai.orchestrator.model.llamacpp.worker;

/** A call that cannot be answered, for a reason that its sender is told. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reply.Reason reason;

    RefusedException(Reply.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reply.Refused reply() {
        return new Reply.Refused(reason, String.valueOf(getMessage()));
    }
}
