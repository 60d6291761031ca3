package ai.orchestrator.server.http.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** What Go calls the type that a JSON value is read as; Ollama's messages say it. */
final class GoType {
    /** For a value that is not there. */
    static final String NOTHING = "<nil>";

    private GoType() {}

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BINARY -> "string";
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case ARRAY -> "[]interface {}";
            case OBJECT, POJO -> "map[string]interface {}";
            case NULL, MISSING -> NOTHING;
        };
    }
}
