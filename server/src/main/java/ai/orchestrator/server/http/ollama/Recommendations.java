package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /api/experimental/model-recommendations}: the models that answer, the one that chooses among them first, then those of this machine. */
final class Recommendations implements Endpoint {
    private static final Comparator<ModelInfo> ORDER = Comparator.comparing(
                    (ModelInfo model) -> !ModelName.isAuto(model.name()))
            .thenComparing(model -> model.remote().isPresent())
            .thenComparing(ModelInfo::name);

    private final ModelCatalog catalog;

    Recommendations(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void answer(Exchange exchange) {
        List<ModelInfo> models = catalog.list().stream()
                .filter(model -> model.capabilities().contains(Capability.COMPLETION))
                .sorted(ORDER)
                .toList();
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("recommendations");
            for (ModelInfo model : models) {
                write(json, model);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(JsonGenerator json, ModelInfo model) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", model.name());
        json.writeStringField("description", description(model));
        if (model.contextLength().isPresent()) {
            json.writeNumberField("context_length", model.contextLength().getAsInt());
        }
        json.writeEndObject();
    }

    private static String description(ModelInfo model) {
        if (ModelName.isAuto(model.name())) {
            return "Chooses the cheapest model that can answer well";
        }
        return model.remote().map(remote -> "Runs at " + remote.host()).orElseGet(() -> Stream.of(
                        "Runs on this machine", model.parameterSize(), model.quantization())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", ")));
    }
}
