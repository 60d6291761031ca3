package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.orchestration.StoredDetails;

/** A model as the text that it could be made from. */
final class Modelfile {
    private Modelfile() {}

    static String of(ModelInfo model, ModelDescription description, StoredDetails details) {
        StringBuilder file = new StringBuilder("FROM " + model.name() + "\n");
        quoted(file, "TEMPLATE", description.template());
        quoted(file, "SYSTEM", description.system());
        description.parameters().lines().forEach(line -> line(file, "PARAMETER", line));
        line(file, "RENDERER", details.renderer());
        line(file, "PARSER", details.parser());
        line(file, "REQUIRES", details.requires());
        for (Message message : details.messages()) {
            line(file, "MESSAGE", message.role() + " " + message.content());
        }
        if (!details.parent().isEmpty()) {
            quoted(file, "LICENSE", description.license());
        }
        return file.toString();
    }

    private static void line(StringBuilder file, String command, String value) {
        if (!value.isEmpty()) {
            file.append(command).append(' ').append(value).append('\n');
        }
    }

    private static void quoted(StringBuilder file, String command, String value) {
        if (!value.isEmpty()) {
            file.append(command).append(" \"\"\"").append(value).append("\"\"\"\n");
        }
    }
}
