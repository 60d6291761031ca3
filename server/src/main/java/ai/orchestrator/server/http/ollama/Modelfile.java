package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.server.orchestration.StoredDetails;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A model as the text that an equal one could be made from. */
final class Modelfile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Modelfile() {}

    static String of(String model, ModelDescription description, StoredDetails details) {
        StringBuilder file = new StringBuilder("FROM " + model + "\n");
        if (!isJinja(description.template())) {
            block(file, "TEMPLATE", description.template());
        }
        block(file, "SYSTEM", description.system());
        description.parameters().lines().forEach(line -> parameter(file, line));
        line(file, "RENDERER", details.renderer());
        line(file, "PARSER", details.parser());
        line(file, "REQUIRES", details.requires());
        for (Message message : details.messages()) {
            line(file, "MESSAGE", message.role() + " " + quoted(message.content(), ""));
        }
        details.licenses().forEach(license -> block(file, "LICENSE", license));
        return file.toString();
    }

    /** A template of the weights' own, which stays theirs: in a Modelfile every template is one of Go's. */
    private static boolean isJinja(String template) {
        return template.contains("{%");
    }

    private static void parameter(StringBuilder file, String line) {
        String[] parts = line.split(" ", 2);
        String value = parts.length > 1 ? parts[1].strip() : "";
        line(file, "PARAMETER", parts[0] + " " + (value.startsWith("\"") ? quoted(text(value), "\"") : value));
    }

    private static String text(String json) {
        try {
            return MAPPER.readTree(json).asText();
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    /** Nothing in a Modelfile is escaped: a text that would end too soon in its usual quotes stands in three. */
    private static String quoted(String text, String usual) {
        boolean plain = text.equals(text.strip())
                && !text.isEmpty()
                && text.chars().noneMatch(letter -> letter == '"' || letter == '\n');
        return plain ? usual + text + usual : "\"\"\"" + text + "\"\"\"";
    }

    private static void line(StringBuilder file, String command, String value) {
        if (!value.isEmpty()) {
            file.append(command).append(' ').append(value).append('\n');
        }
    }

    private static void block(StringBuilder file, String command, String value) {
        if (!value.isEmpty()) {
            file.append(command).append(" \"\"\"").append(value).append("\"\"\"\n");
        }
    }
}
