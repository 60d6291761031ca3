package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Timestamps;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/analyze-logs}. */
final class AnalyzeLogs implements Endpoint {
    private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low");
    private static final int HUNDRED = 100;
    private static final int MAX_LOGS = 5_000;
    private static final int MAX_CONTEXT = 1_500;
    private static final String SYSTEM =
            "You analyze log files for a system administrator. Answer with one JSON object: analysis says what happened, "
                    + "issues lists the problems, recommendations lists what to do, severity rates the worst problem, and "
                    + "confidence says in percent how sure you are.";
    // a small model under this grammar ends within its tokens, whatever it writes
    private static final String SCHEMA = """
            {"type":"object","properties":{\
            "analysis":{"type":"string","minLength":1,"maxLength":500},\
            "issues":{"type":"array","maxItems":4,"items":{"type":"string","minLength":1,"maxLength":150}},\
            "recommendations":{"type":"array","maxItems":4,"items":{"type":"string","minLength":1,"maxLength":150}},\
            "severity":{"type":"string","enum":["critical","high","medium","low"]},\
            "confidence":{"type":"integer","minimum":0,"maximum":100}},\
            "required":["analysis","issues","recommendations","severity","confidence"],"additionalProperties":false}""";

    private final StructuredAnswers answers;
    private final long maxBodyBytes;
    private final Clock clock;

    AnalyzeLogs(StructuredAnswers answers, long maxBodyBytes, Clock clock) {
        this.answers = answers;
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String logs = body.text("logs");
        String context = body.text("context");
        if (logs.isBlank()) {
            throw HttpProblem.badRequest("'logs' must not be empty");
        }
        String question = (context.isBlank() ? "" : "Context: " + LogExcerpt.of(context, MAX_CONTEXT) + "\n\n")
                + "Logs:\n" + LogExcerpt.of(logs, MAX_LOGS);
        Analysis analysis = answers.ask(exchange, SYSTEM, question, SCHEMA, Analysis::of);
        exchange.sendJson(JsonText.of(json -> write(json, analysis)));
    }

    private void write(JsonGenerator json, Analysis analysis) throws IOException {
        json.writeStartObject();
        json.writeStringField("analysis", analysis.text);
        json.writeArrayFieldStart("issues");
        for (String issue : analysis.issues) {
            json.writeString(issue);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recommendations");
        for (String recommendation : analysis.recommendations) {
            json.writeString(recommendation);
        }
        json.writeEndArray();
        json.writeStringField("severity", analysis.severity);
        json.writeNumberField("confidence", (double) analysis.percent / HUNDRED);
        json.writeStringField("timestamp", Timestamps.utc(clock.instant()));
        json.writeEndObject();
    }

    private record Analysis(
            String text, List<String> issues, List<String> recommendations, String severity, int percent) {

        static Optional<Analysis> of(JsonNode form) {
            Optional<String> text = Form.text(form, "analysis");
            Optional<List<String>> issues = Form.texts(form, "issues");
            Optional<List<String>> recommendations = Form.texts(form, "recommendations");
            Optional<String> severity = Form.text(form, "severity").filter(SEVERITIES::contains);
            Optional<Integer> percent = Optional.of(form.path("confidence"))
                    .filter(JsonNode::isInt)
                    .map(JsonNode::intValue)
                    .filter(value -> value >= 0 && value <= HUNDRED);
            if (text.isEmpty()
                    || issues.isEmpty()
                    || recommendations.isEmpty()
                    || severity.isEmpty()
                    || percent.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Analysis(text.get(), issues.get(), recommendations.get(), severity.get(), percent.get()));
        }
    }
}
