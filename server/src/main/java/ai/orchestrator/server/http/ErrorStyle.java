package ai.orchestrator.server.http;

import io.helidon.http.Header;
import java.util.function.Consumer;

/** The shape that a surface gives its errors. */
@FunctionalInterface
public interface ErrorStyle {
    /** {@code {"error": "..."}}, as Ollama has it. */
    ErrorStyle PLAIN = problem -> JsonText.of(json -> {
        json.writeStartObject();
        json.writeStringField("error", problem.getMessage());
        json.writeEndObject();
    });

    /** The JSON body of an error reply. */
    byte[] body(HttpProblem problem);

    /** The style for one reply, which may get headers. */
    default ErrorStyle forReply(Consumer<Header> headers) {
        return this;
    }

    /** The body's type. */
    default Header contentType() {
        return Exchange.JSON;
    }
}
