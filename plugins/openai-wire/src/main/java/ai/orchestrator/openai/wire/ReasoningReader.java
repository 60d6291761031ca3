package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** What a model thought, by whichever of the three members its server uses; a server that sends two of them says the same twice. */
final class ReasoningReader {
    private ReasoningReader() {}

    static String text(JsonNode delta) {
        StringBuilder details = new StringBuilder();
        for (JsonNode detail : delta.path("reasoning_details")) {
            details.append(Json.text(detail, "text")).append(Json.text(detail, "summary"));
        }
        if (!details.isEmpty()) {
            return details.toString();
        }
        String reasoning = Json.text(delta, "reasoning");
        return reasoning.isEmpty() ? Json.text(delta, "reasoning_content") : reasoning;
    }
}
