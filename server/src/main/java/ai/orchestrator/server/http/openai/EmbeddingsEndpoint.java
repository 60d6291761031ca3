package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.Embedder;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.V1Json;
import ai.orchestrator.server.orchestration.ModelCatalog;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code POST /v1/embeddings}. */
final class EmbeddingsEndpoint implements Endpoint {
    private final Embedder embedder;
    private final long maxBodyBytes;

    EmbeddingsEndpoint(ModelCatalog catalog, long maxBodyBytes) {
        this.embedder = new Embedder(catalog);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("EmbedRequest");
        String name = body.text("model");
        int dimensions = body.integer("dimensions").orElse(0);
        boolean base64 = isBase64(body.text("encoding_format"));
        List<String> texts = texts(body);
        ModelInfo model = embedder.find(name);
        EmbeddingResult result = embedder.embed(model, texts, true, SamplingOptions.defaults(), Optional.empty());
        V1Json.send(exchange, json -> write(json, name, result, dimensions, base64));
    }

    private static boolean isBase64(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "", "float" -> false;
            case "base64" -> true;
            default ->
                throw HttpProblem.badRequest(
                        "Invalid value for 'encoding_format' = " + format + ". Supported values: ['float', 'base64'].");
        };
    }

    private static List<String> texts(JsonObject body) {
        JsonNode input = body.find("input").orElseThrow(() -> HttpProblem.badRequest("invalid input"));
        if (input.isTextual()) {
            return List.of(body.text("input"));
        }
        if (!input.isArray() || !input.valueStream().allMatch(JsonNode::isTextual)) {
            throw HttpProblem.badRequest("invalid input type: text or a list of texts is needed");
        }
        List<String> texts = body.texts("input");
        if (texts.isEmpty()) {
            throw HttpProblem.badRequest("invalid input");
        }
        return texts;
    }

    private static void write(JsonGenerator json, String name, EmbeddingResult result, int dimensions, boolean base64)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        int index = 0;
        for (float[] vector : result.vectors()) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeFieldName("embedding");
            vector(json, Embedder.normalised(vector, dimensions), base64);
            json.writeNumberField("index", index++);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("model", name);
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", result.promptTokens());
        json.writeNumberField("total_tokens", result.promptTokens());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void vector(JsonGenerator json, float[] vector, boolean base64) throws IOException {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.writeString(Base64.getEncoder().encodeToString(bytes.array()));
            return;
        }
        json.writeStartArray();
        for (float number : vector) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }
}
