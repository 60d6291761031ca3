package ai.orchestrator.server.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.LibraryFailure;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which status and message a failure has for the client, the same on every surface. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration RETRY_SOON = Duration.ofSeconds(5);
    private static final int CLIENT_LEFT = 499;

    private Problems() {}

    /** The error reply to a failure; one that nobody foresaw is logged and tells the client nothing of its inside. */
    public static HttpProblem of(RuntimeException failure, String requestId) {
        return switch (failure) {
            case HttpProblem problem -> problem;
            case AnswerFailure refused ->
                new HttpProblem(status(refused.kind()), refused.getMessage(), refused.retryAfter());
            case LibraryFailure refused -> new HttpProblem(status(refused.kind()), refused.getMessage());
            case PluginFailure.Cancelled ignored -> new HttpProblem(CLIENT_LEFT, "request canceled");
            case PluginFailure failed ->
                new HttpProblem(status(failed.code()), failed.getMessage(), retryAfter(failed));
            default -> {
                LOG.error("Request {} failed unexpectedly", requestId, failure);
                yield new HttpProblem(500, "internal server error");
            }
        };
    }

    private static int status(AnswerFailure.Kind kind) {
        return switch (kind) {
            case MODEL_NOT_FOUND -> 404;
            case BAD_MODEL_NAME -> 400;
            case NOT_CACHED -> 504;
            case OVER_BUDGET -> 429;
            case NO_ROUTE -> 500;
        };
    }

    private static int status(LibraryFailure.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case READ_ONLY -> 403;
            case NOT_FOUND -> 404;
            case FAILED, BROKEN_OFF -> 500;
        };
    }

    private static int status(FailureCode code) {
        return switch (code) {
            case RATE_LIMITED -> 429;
            case OVERLOADED, UNAVAILABLE, STARTING, NOT_INSTALLED -> 503;
            case TIMEOUT -> 504;
            case INVALID_REQUEST, CONTEXT_LENGTH, UNSUPPORTED, CONTENT_REFUSED -> 400;
            case NOT_FOUND -> 404;
            case CREDENTIALS, BAD_REPLY -> 502;
            case QUOTA -> 402;
            case LOOP -> 508;
            case BROKEN_OFF, INTERNAL -> 500;
        };
    }

    private static Optional<Duration> retryAfter(PluginFailure failure) {
        return switch (failure.code()) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE, STARTING ->
                Optional.of(failure.retryAfter().orElse(RETRY_SOON));
            default -> failure.retryAfter();
        };
    }
}
