package ai.orchestrator.server.http.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads members of a form that a model filled in. */
final class Form {
    private Form() {}

    /** A text that says something. */
    static Optional<String> text(JsonNode form, String name) {
        return Optional.of(form.path(name))
                .filter(JsonNode::isTextual)
                .map(node -> node.textValue().strip())
                .filter(text -> !text.isEmpty());
    }

    /** A list of texts, without those that say nothing. */
    static Optional<List<String>> texts(JsonNode form, String name) {
        JsonNode array = form.path(name);
        if (!array.isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                return Optional.empty();
            }
            if (!element.textValue().isBlank()) {
                texts.add(element.textValue().strip());
            }
        }
        return Optional.of(texts);
    }
}
