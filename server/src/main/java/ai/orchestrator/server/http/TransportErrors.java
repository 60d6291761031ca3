package ai.orchestrator.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Locale;

/** Replies to requests that never reach an endpoint: they are no HTTP, too large by far, or one too many. */
final class TransportErrors implements DirectHandler {
    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        TransportErrors errors = new TransportErrors();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, errors);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        HttpProblem problem = status.code() == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)
                ? new HttpProblem(415, "a body with a Content-Encoding is not supported, send it as it is")
                : problem(status);
        headers.set(Exchange.JSON);
        headers.set(HeaderValues.CONNECTION_CLOSE);
        if (status.code() == 503) {
            headers.set(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
        }
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .keepAlive(false)
                .entity(ErrorStyle.PLAIN.body(problem))
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
