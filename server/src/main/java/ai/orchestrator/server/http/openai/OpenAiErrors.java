package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.V1Json;
import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import java.io.IOException;

/** OpenAI's error object, with the types that Ollama gives it. */
public enum OpenAiErrors implements ErrorStyle {
    INSTANCE;

    @Override
    public byte[] body(HttpProblem problem) {
        return V1Json.of(json -> write(json, problem));
    }

    @Override
    public Header contentType() {
        return V1Json.TYPE;
    }

    /** Writes the object around the error, for a stream too. */
    public static void write(JsonGenerator json, HttpProblem problem) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField("message", problem.getMessage());
        json.writeStringField("type", type(problem.status()));
        json.writeNullField("param");
        json.writeNullField("code");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 404 -> "not_found_error";
            default -> "api_error";
        };
    }
}
