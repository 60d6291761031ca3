package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.StoredDetails;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code POST /api/show}. */
final class ShowEndpoint implements Endpoint {
    /** What runs the model; among the metadata, since clients take any member there and not everywhere else. */
    private static final String ENGINE = "orchestrator.engine";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StoredDetails NOTHING = new StoredDetails(List.of(), List.of(), "", "", "", "", "");

    private final ModelCatalog catalog;
    private final ModelLibrary library;
    private final ModelChecks checks;
    private final long maxBodyBytes;

    ShowEndpoint(ModelCatalog catalog, ModelLibrary library, ModelChecks checks, long maxBodyBytes) {
        this.catalog = catalog;
        this.library = library;
        this.checks = checks;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("ShowRequest");
        String name = ModelNaming.of(body);
        LibrarySurface.requireModel(name);
        ModelInfo model = checks.find(name)
                .orElseThrow(() -> checks.notDescribed(
                        ModelName.parse(name).map(ModelName::full).orElse(name)));
        ModelDescription description = catalog.describe(model);
        // Copilot Chat names the model by this member
        boolean copilot = exchange.header(HeaderNames.USER_AGENT).startsWith("GitHubCopilotChat/");
        ObjectNode metadata = metadata(model, description);
        if (copilot) {
            metadata.put("general.basename", name);
        }
        StoredDetails details = library.details(name).orElse(NOTHING);
        String modelfile = Modelfile.of(catalog.spelling(model), description, details);
        exchange.sendJson(JsonText.of(json -> write(json, model, modelfile, description, details, metadata)));
    }

    private static void write(
            JsonGenerator json,
            ModelInfo model,
            String modelfile,
            ModelDescription description,
            StoredDetails details,
            ObjectNode metadata)
            throws IOException {
        json.writeStartObject();
        text(json, "license", description.license());
        text(json, "modelfile", modelfile);
        text(json, "parameters", aligned(description.parameters()));
        text(json, "template", description.template());
        text(json, "system", description.system());
        text(json, "renderer", details.renderer());
        text(json, "parser", details.parser());
        ModelWriter.details(json, model, details.parent());
        messages(json, details.messages());
        ModelWriter.remote(json, model);
        json.writeFieldName("model_info");
        MAPPER.writeTree(json, metadata);
        if (!details.projectorJson().isEmpty()) {
            json.writeFieldName("projector_info");
            MAPPER.writeTree(json, parse(details.projectorJson()));
        }
        ModelWriter.capabilities(json, model);
        json.writeStringField("modified_at", Timestamps.local(model.modifiedAt()));
        text(json, "requires", details.requires());
        json.writeEndObject();
    }

    /** The model's own metadata with the two members that clients rely on, and with the engine. */
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
        if (!description.engine().isEmpty()) {
            metadata.put(ENGINE, description.engine());
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

    private static void messages(JsonGenerator json, List<Message> messages) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("messages");
        for (Message message : messages) {
            json.writeStartObject();
            json.writeStringField("role", message.role());
            json.writeStringField("content", message.content());
            json.writeEndObject();
        }
        json.writeEndArray();
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
