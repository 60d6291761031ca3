package ai.orchestrator.server.http;

import com.fasterxml.jackson.databind.JsonNode;

/** The kinds of JSON values, as a complaint names them. */
enum JsonKind {
    STRING("string", "a string"),
    NUMBER("number", "a number"),
    BOOL("bool", "a boolean"),
    OBJECT("object", "an object"),
    ARRAY("array", "an array"),
    NULL("null", "null");

    private final String shortName;
    private final String article;

    JsonKind(String shortName, String article) {
        this.shortName = shortName;
        this.article = article;
    }

    static JsonKind of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING, BINARY -> STRING;
            case NUMBER -> NUMBER;
            case BOOLEAN -> BOOL;
            case OBJECT, POJO -> OBJECT;
            case ARRAY -> ARRAY;
            case NULL, MISSING -> NULL;
        };
    }

    /** Go's name for it. */
    String shortName() {
        return shortName;
    }

    /** With its article. */
    String article() {
        return article;
    }
}
