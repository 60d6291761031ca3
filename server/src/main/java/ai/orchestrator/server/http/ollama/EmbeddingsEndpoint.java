package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.Embedder;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/embeddings}, the older form: one text, its vector as the model gives it. */
final class EmbeddingsEndpoint implements Endpoint {
    private final Embedder embedder;
    private final long maxBodyBytes;

    EmbeddingsEndpoint(Embedder embedder, long maxBodyBytes) {
        this.embedder = embedder;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("EmbeddingRequest");
        String name = body.text("model");
        String prompt = body.text("prompt");
        Optional<Duration> keepAlive = KeepAlive.of(body);
        if (name.isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        ModelInfo model = embedder.find(name);
        SamplingOptions options = OptionsReader.read(body);
        if (prompt.isEmpty()) {
            embedder.prepare(model, options, keepAlive);
            reply(exchange, new float[0]);
        } else {
            reply(
                    exchange,
                    embedder.embed(model, List.of(prompt), true, options, keepAlive)
                            .vectors()
                            .getFirst());
        }
    }

    private static void reply(Exchange exchange, float[] vector) {
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("embedding");
            for (float number : vector) {
                json.writeNumber(number);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
