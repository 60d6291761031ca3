package ai.orchestrator.plugin.model;

/** What form the answer has to have. */
public sealed interface ResponseFormat {
    /** Free text. */
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record Json() implements ResponseFormat {}

    /** JSON that a JSON Schema, given as JSON text, describes. */
    record JsonSchema(String schema) implements ResponseFormat {}

    /** Free text. */
    static ResponseFormat text() {
        return new Text();
    }
}
