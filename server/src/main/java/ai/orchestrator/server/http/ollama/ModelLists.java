package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.ModelCatalog;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** {@code GET /api/tags} and {@code GET /api/ps}. */
final class ModelLists {
    /** What a model that stays for ever is said to stay: the command-line client shows a time so far away as "Forever". */
    private static final Duration FOREVER = Duration.ofDays(365L * 290);

    private final ModelCatalog catalog;

    ModelLists(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    void tags(Exchange exchange) {
        exchange.sendJson(JsonText.of(json -> {
            begin(json);
            for (ModelInfo model : catalog.list()) {
                tag(json, catalog.spelling(model), model);
            }
            end(json);
        }));
    }

    void running(Exchange exchange) {
        exchange.sendJson(JsonText.of(json -> {
            begin(json);
            for (ModelCatalog.Running running : catalog.running()) {
                running(json, catalog.spelling(running.model()), running.model(), running.state());
            }
            end(json);
        }));
    }

    private static void tag(JsonGenerator json, String name, ModelInfo model) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("model", name);
        ModelWriter.remote(json, model);
        json.writeStringField("modified_at", Timestamps.local(model.modifiedAt()));
        json.writeNumberField("size", model.sizeBytes());
        json.writeStringField("digest", model.digest());
        ModelWriter.details(json, model);
        ModelWriter.capabilities(json, model);
        json.writeEndObject();
    }

    private static void running(JsonGenerator json, String name, ModelInfo model, LoadedModel state)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("model", name);
        json.writeNumberField("size", state.sizeBytes());
        json.writeStringField("digest", model.digest());
        ModelWriter.runningDetails(json, model);
        Instant expiresAt = state.expiresAt().orElseGet(() -> Instant.now().plus(FOREVER));
        json.writeStringField("expires_at", Timestamps.local(expiresAt));
        json.writeNumberField("size_vram", 0);
        json.writeNumberField("context_length", state.contextLength());
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("models");
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }
}
