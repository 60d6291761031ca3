package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Amounts;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the reply of {@code /api/embed}. */
final class EmbeddingReader {
    private EmbeddingReader() {}

    /** @throws PluginFailure if it is not one vector for each text, all of one length */
    static EmbeddingResult read(JsonNode reply, int texts) {
        List<float[]> vectors = new ArrayList<>();
        reply.path("embeddings").forEach(vector -> vectors.add(vector(vector)));
        if (vectors.size() != texts
                || vectors.stream().anyMatch(vector -> vector.length != vectors.getFirst().length)) {
            throw notVectors();
        }
        return new EmbeddingResult(
                vectors,
                Amounts.tokens(reply.path("prompt_eval_count")),
                AnswerReader.nanos(reply.path("load_duration")));
    }

    private static float[] vector(JsonNode node) {
        float[] vector = new float[node.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = node.path(i).floatValue();
            if (!node.path(i).isNumber() || !Float.isFinite(vector[i])) {
                throw notVectors();
            }
        }
        if (vector.length == 0) {
            throw notVectors();
        }
        return vector;
    }

    private static PluginFailure notVectors() {
        return new PluginFailure.Retriable(
                FailureCode.BAD_REPLY, "the server did not send one vector of numbers for each text");
    }
}
