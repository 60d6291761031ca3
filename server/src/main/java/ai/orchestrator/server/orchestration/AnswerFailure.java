package ai.orchestrator.server.orchestration;

import java.time.Duration;
import java.util.Optional;

/** The pipeline refuses a request; a plugin's failures pass through it as they are. */
public final class AnswerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** No model has the name that the client gave. */
        MODEL_NOT_FOUND,
        /** The name is no legal model name. */
        BAD_MODEL_NAME,
        /** The client wanted a stored answer only, and there is none. */
        NOT_CACHED,
        /** A budget is used up. */
        OVER_BUDGET,
        /** The rules lead nowhere for this request. */
        NO_ROUTE
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public AnswerFailure(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    /**
     * A refusal that may end.
     *
     * @param retryAfter when it is worth trying again
     */
    public AnswerFailure(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** When it is worth trying again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
