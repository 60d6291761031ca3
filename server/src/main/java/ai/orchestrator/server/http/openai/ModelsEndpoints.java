package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.V1Json;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** {@code GET /v1/models} and {@code GET /v1/models/{model}}. */
final class ModelsEndpoints {
    /** The variable of the path that names a model. */
    static final String NAME = "model";

    private final ModelCatalog catalog;
    private final ModelChecks checks;

    ModelsEndpoints(ModelCatalog catalog) {
        this.catalog = catalog;
        this.checks = new ModelChecks(catalog);
    }

    void list(Exchange exchange) {
        List<ModelInfo> models = catalog.list();
        V1Json.send(exchange, json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeFieldName("data");
            if (models.isEmpty()) {
                // as Ollama has it, and a test of its own asks for it
                json.writeNull();
            } else {
                json.writeStartArray();
                for (ModelInfo model : models) {
                    write(json, catalog.spelling(model), model);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    void one(Exchange exchange) {
        String asked = exchange.pathVariable(NAME);
        ModelInfo model = checks.find(asked)
                .orElseThrow(() -> checks.notDescribed(
                        ModelName.parse(asked).map(ModelName::full).orElse(asked)));
        V1Json.send(exchange, json -> write(json, asked, model));
    }

    private static void write(JsonGenerator json, String id, ModelInfo model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        json.writeNumberField("created", model.modifiedAt().getEpochSecond());
        json.writeStringField("owned_by", namespace(id));
        json.writeEndObject();
    }

    private static String namespace(String name) {
        String[] parts = name.split("/", -1);
        return parts.length == 1 ? "library" : parts[parts.length - 2];
    }
}
