package ai.orchestrator.server.http;

import io.helidon.http.Header;

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

    /** The body's type. */
    default Header contentType() {
        return Exchange.JSON;
    }
}
