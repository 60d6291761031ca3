package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.RandomIds;
import ai.orchestrator.server.http.V1Json;
import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Errors as Anthropic's clients read them.
 *
 * @param requestId names the request to the client, as the header {@code request-id} does
 */
record MessagesErrors(String requestId) implements ErrorStyle {
    private static final HeaderName HEADER = HeaderNames.create("request-id");

    /** For a request that has no name yet. */
    static final ErrorStyle UNNAMED = new ErrorStyle() {
        @Override
        public ErrorStyle forReply(Consumer<Header> headers) {
            MessagesErrors named = new MessagesErrors(newRequestId());
            headers.accept(named.header());
            return named;
        }

        @Override
        public byte[] body(HttpProblem problem) {
            return new MessagesErrors(newRequestId()).body(problem);
        }

        @Override
        public Header contentType() {
            return V1Json.TYPE;
        }
    };

    static String newRequestId() {
        return RandomIds.hex("req_");
    }

    /** Tells the request's name. */
    Header header() {
        return HeaderValues.create(HEADER, requestId);
    }

    @Override
    public byte[] body(HttpProblem problem) {
        return V1Json.of(json -> write(json, problem));
    }

    @Override
    public Header contentType() {
        return V1Json.TYPE;
    }

    void write(JsonGenerator json, HttpProblem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "error");
        json.writeObjectFieldStart("error");
        json.writeStringField("type", type(problem.status()));
        json.writeStringField("message", problem.getMessage());
        json.writeEndObject();
        json.writeStringField("request_id", requestId);
        json.writeEndObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> "api_error";
        };
    }
}
