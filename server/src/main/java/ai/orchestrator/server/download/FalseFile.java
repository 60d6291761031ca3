package ai.orchestrator.server.download;

/** A source gives another file than was expected; what it gave is of no use. */
public final class FalseFile extends SourceFailure {
    private static final long serialVersionUID = 1L;

    /** @param reason as {@link SourceFailure}'s */
    public FalseFile(String reason) {
        super(reason);
    }
}
