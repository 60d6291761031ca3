package ai.orchestrator.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Locale;
import java.util.function.Function;

/** Replies to requests that never reach an endpoint: they are no HTTP, too large by far, or one too many. */
final class TransportErrors implements DirectHandler {
    private final Function<String, ErrorStyle> errorsAt;

    private TransportErrors(Function<String, ErrorStyle> errorsAt) {
        this.errorsAt = errorsAt;
    }

    /** @param errorsAt the shape of errors at a path */
    static DirectHandlers handlers(Function<String, ErrorStyle> errorsAt) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        TransportErrors errors = new TransportErrors(errorsAt);
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, errors);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        HttpProblem problem = problem(status);
        ErrorStyle style = errorsAt.apply(request.path());
        headers.set(style.contentType());
        headers.set(HeaderValues.CONNECTION_CLOSE);
        if (status.code() == 503) {
            headers.set(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
        }
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .keepAlive(false)
                .entity(style.body(problem))
                .build();
    }

    /** What a status of Helidon's own means to a client. */
    static HttpProblem problem(Status status) {
        return new HttpProblem(status.code(), sentence(status));
    }

    private static String sentence(Status status) {
        return switch (status.code()) {
            case 400 -> "the request is not valid HTTP";
            case 413 -> "request body is too large";
            case 500 -> "internal server error";
            case 503 -> "server busy, please try again.  maximum pending requests exceeded";
            default -> status.reasonPhrase().toLowerCase(Locale.ROOT);
        };
    }
}
