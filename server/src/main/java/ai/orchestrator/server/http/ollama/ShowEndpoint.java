package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code POST /api/show}. */
final class ShowEndpoint implements Endpoint {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ModelCatalog catalog;
    private final ModelChecks checks;
    private final long maxBodyBytes;

    ShowEndpoint(ModelCatalog catalog, ModelChecks checks, long maxBodyBytes) {
        this.catalog = catalog;
        this.checks = checks;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("ShowRequest");
        String name = body.text("model").isEmpty() ? body.text("name") : body.text("model");
        if (name.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        ModelInfo model = checks.find(name)
                .orElseThrow(() -> checks.notFound(
                        ModelName.parse(name).map(ModelName::full).orElse(name)));
        ModelDescription description = catalog.describe(model);
        // Copilot Chat names the model by this member
        boolean copilot = exchange.header(HeaderNames.USER_AGENT).startsWith("GitHubCopilotChat/");
        ObjectNode metadata = metadata(model, description);
        if (copilot) {
            metadata.put("general.basename", name);
        }
        exchange.sendJson(JsonText.of(json -> write(json, model, description, metadata)));
    }

    private static void write(JsonGenerator json, ModelInfo model, ModelDescription description, ObjectNode metadata)
            throws IOException {
        json.writeStartObject();
        text(json, "license", description.license());
        text(json, "modelfile", modelfile(model, description));
        text(json, "parameters", aligned(description.parameters()));
        text(json, "template", description.template());
        text(json, "system", description.system());
        ModelWriter.details(json, model);
        ModelWriter.remote(json, model);
        json.writeFieldName("model_info");
        MAPPER.writeTree(json, metadata);
        ModelWriter.capabilities(json, model);
        json.writeStringField("modified_at", Timestamps.local(model.modifiedAt()));
        json.writeEndObject();
    }

    /** The model's own metadata with the two members that clients rely on. */
    private static ObjectNode metadata(ModelInfo model, ModelDescription description) {
        ObjectNode metadata = parse(description.metadataJson());
        if (!model.families().isEmpty() && !metadata.has("general.architecture")) {
            metadata.put("general.architecture", model.families().getFirst());
        }
        String architecture = metadata.path("general.architecture").asText();
        String contextLength = architecture + ".context_length";
        if (!architecture.isEmpty() && !metadata.has(contextLength)) {
            model.contextLength().ifPresent(length -> metadata.put(contextLength, length));
        }
        return metadata;
    }

    private static ObjectNode parse(String json) {
        try {
            return MAPPER.readTree(json) instanceof ObjectNode object ? object : MAPPER.createObjectNode();
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static String modelfile(ModelInfo model, ModelDescription description) {
        StringBuilder file = new StringBuilder("FROM " + model.name() + "\n");
        if (!description.template().isEmpty()) {
            file.append("TEMPLATE \"\"\"").append(description.template()).append("\"\"\"\n");
        }
        if (!description.system().isEmpty()) {
            file.append("SYSTEM \"\"\"").append(description.system()).append("\"\"\"\n");
        }
        description.parameters().lines().forEach(line -> file.append("PARAMETER ")
                .append(line)
                .append('\n'));
        return file.toString();
    }

    /** Names in a column of 30 characters, then the values, which is how clients take them apart. */
    private static String aligned(String parameters) {
        return parameters
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+", 2))
                .map(parts -> String.format(Locale.ROOT, "%-30s %s", parts[0], parts.length > 1 ? parts[1] : ""))
                .collect(Collectors.joining("\n"));
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
