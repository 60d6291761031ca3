package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.Embedder;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/embed}: several texts, vectors of length one. */
final class EmbedEndpoint implements Endpoint {
    private final Embedder embedder;
    private final long maxBodyBytes;

    EmbedEndpoint(Embedder embedder, long maxBodyBytes) {
        this.embedder = embedder;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("EmbedRequest");
        String name = body.text("model");
        List<String> texts = texts(body);
        boolean truncate = body.bool("truncate").orElse(true);
        int dimensions = body.integer("dimensions").orElse(0);
        Optional<Duration> keepAlive = KeepAlive.of(body);
        ModelInfo model = embedder.find(name);
        SamplingOptions options = OptionsReader.read(body);
        if (texts.isEmpty()) {
            embedder.prepare(model, options, keepAlive);
            exchange.sendJson(JsonText.of(json -> {
                json.writeStartObject();
                json.writeStringField("model", name);
                json.writeArrayFieldStart("embeddings");
                json.writeEndArray();
                json.writeEndObject();
            }));
            return;
        }
        EmbeddingResult result = embedder.embed(model, texts, truncate, options, keepAlive);
        exchange.sendJson(JsonText.of(json -> write(json, name, result, dimensions, exchange.elapsed())));
    }

    private static void write(JsonGenerator json, String name, EmbeddingResult result, int dimensions, Duration total)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model", name);
        json.writeArrayFieldStart("embeddings");
        for (float[] vector : result.vectors()) {
            json.writeStartArray();
            for (float number : Embedder.normalised(vector, dimensions)) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeNumberField("total_duration", Math.max(1, total.toNanos()));
        if (result.load().isPositive()) {
            json.writeNumberField("load_duration", result.load().toNanos());
        }
        if (result.promptTokens() > 0) {
            json.writeNumberField("prompt_eval_count", result.promptTokens());
        }
        json.writeEndObject();
    }

    private static List<String> texts(JsonObject body) {
        JsonNode input = body.find("input").orElse(null);
        if (input == null) {
            return List.of();
        }
        if (input.isTextual()) {
            String text = body.text("input");
            return text.isEmpty() ? List.of() : List.of(text);
        }
        if (!input.isArray() || !input.valueStream().allMatch(JsonNode::isTextual)) {
            throw HttpProblem.badRequest("invalid input type");
        }
        return body.texts("input");
    }
}
