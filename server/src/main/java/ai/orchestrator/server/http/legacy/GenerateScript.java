package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Timestamps;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/generate-script}. */
final class GenerateScript implements Endpoint {
    private static final List<String> ENVIRONMENTS = List.of("linux", "windows", "macos");
    private static final List<String> LANGUAGES = List.of("bash", "python", "powershell");
    private static final String SYSTEM =
            "You write short scripts for system administrators. Answer with one JSON object: script is the complete script, "
                    + "explanation says what it does, and safety_warnings lists what to take care of before it is run.";
    // a small model under this grammar ends within its tokens, whatever it writes
    private static final String SCHEMA = """
            {"type":"object","properties":{\
            "script":{"type":"string","minLength":1,"maxLength":1500},\
            "explanation":{"type":"string","minLength":1,"maxLength":400},\
            "safety_warnings":{"type":"array","maxItems":4,"items":{"type":"string","minLength":1,"maxLength":150}}},\
            "required":["script","explanation","safety_warnings"],"additionalProperties":false}""";

    private final StructuredAnswers answers;
    private final long maxBodyBytes;
    private final Clock clock;

    GenerateScript(StructuredAnswers answers, long maxBodyBytes, Clock clock) {
        this.answers = answers;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String requirement = body.text("requirement");
        if (requirement.isBlank()) {
            throw HttpProblem.badRequest("'requirement' must not be empty");
        }
        String environment = oneOf(body, body.has("environment") ? "environment" : "type", ENVIRONMENTS, "linux");
        String language = oneOf(body, "language", LANGUAGES, environment.equals("windows") ? "powershell" : "bash");
        String question = "Write a " + language + " script for " + environment + ". Requirement: " + requirement;
        Script script = answers.ask(exchange, SYSTEM, question, SCHEMA, Script::of);
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("script", script.text);
            json.writeStringField("language", language);
            json.writeStringField("environment", environment);
            json.writeStringField("explanation", script.explanation);
            json.writeArrayFieldStart("safety_warnings");
            for (String warning : script.warnings) {
                json.writeString(warning);
            }
            json.writeEndArray();
            json.writeStringField("timestamp", Timestamps.utc(clock.instant()));
            json.writeEndObject();
        }));
    }

    private static String oneOf(JsonObject body, String name, List<String> choices, String absent) {
        String given = body.text(name);
        if (given.isEmpty()) {
            return absent;
        }
        if (!choices.contains(given)) {
            throw HttpProblem.badRequest("'" + name + "' must be one of " + String.join(", ", choices));
        }
        return given;
    }

    private record Script(String text, String explanation, List<String> warnings) {
        static Optional<Script> of(JsonNode form) {
            Optional<String> text = Form.text(form, "script");
            Optional<String> explanation = Form.text(form, "explanation");
            Optional<List<String>> warnings = Form.texts(form, "safety_warnings");
            if (text.isEmpty() || explanation.isEmpty() || warnings.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Script(text.get(), explanation.get(), warnings.get()));
        }
    }
}
