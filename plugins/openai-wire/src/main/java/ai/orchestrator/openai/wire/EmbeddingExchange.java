package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The bodies of {@code /embeddings}. */
final class EmbeddingExchange {
    private EmbeddingExchange() {}

    /** @throws PluginFailure if a text is no well-formed Unicode */
    static byte[] write(String model, List<String> texts) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", model);
        ArrayNode input = body.putArray("input");
        // an empty text is refused by most servers, and means as little as a space
        texts.forEach(text -> input.add(text.isEmpty() ? " " : text));
        body.put("encoding_format", "float");
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "a text holds half a character", e);
        }
    }

    /** @throws PluginFailure if it is not one vector for each text, all of one length */
    static EmbeddingResult read(JsonNode reply, int texts) {
        float[][] vectors = new float[texts][];
        JsonNode data = reply.path("data");
        for (int i = 0; i < data.size(); i++) {
            int place = data.path(i).path("index").asInt(i);
            if (place < 0 || place >= texts) {
                throw notVectors();
            }
            vectors[place] = vector(data.path(i).path("embedding"));
        }
        List<float[]> all = new ArrayList<>(Arrays.asList(vectors));
        if (all.contains(null) || all.stream().anyMatch(vector -> vector.length != all.getFirst().length)) {
            throw notVectors();
        }
        return new EmbeddingResult(all, new UsageReader(reply.path("usage")).promptTokens(), Duration.ZERO);
    }

    private static float[] vector(JsonNode node) {
        float[] vector = node.isTextual() ? decode(node.textValue()) : numbers(node);
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw notVectors();
            }
        }
        if (vector.length == 0) {
            throw notVectors();
        }
        return vector;
    }

    private static float[] numbers(JsonNode node) {
        float[] vector = new float[node.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!node.path(i).isNumber()) {
                throw notVectors();
            }
            vector[i] = node.path(i).floatValue();
        }
        return vector;
    }

    private static float[] decode(String base64) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            float[] vector = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(vector);
            return vector;
        } catch (IllegalArgumentException e) {
            throw notVectors();
        }
    }

    private static PluginFailure notVectors() {
        return new PluginFailure.Retriable(
                FailureCode.BAD_REPLY, "the far side did not send one vector of numbers for each text");
    }
}
