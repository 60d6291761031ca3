package ai.orchestrator.server.http;

import ai.orchestrator.server.unicode.Surrogates;
import java.time.Duration;
import java.util.Optional;

/** A request is answered by an error. The message is for the client: one sentence without secrets or paths. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    public HttpProblem(int status, String message) {
        this(status, message, Optional.empty());
    }

    /**
     * An error that may go away.
     *
     * @param retryAfter when it is worth trying again
     */
    public HttpProblem(int status, String message, Optional<Duration> retryAfter) {
        super(Surrogates.repair(message), null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The request is wrong: 400. */
    public static HttpProblem badRequest(String message) {
        return new HttpProblem(400, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
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
