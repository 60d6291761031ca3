package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Vectors on {@code llama-server}'s wire. */
final class ServerVectors {
    private ServerVectors() {}

    /** The request for the vectors of texts that are tokens already. */
    static ObjectNode body(List<List<Integer>> inputs) {
        ObjectNode body = ServerClient.JSON.createObjectNode();
        // as the model gives them
        body.put("embd_normalize", -1);
        ArrayNode all = body.putArray("input");
        for (List<Integer> input : inputs) {
            input.forEach(all.addArray()::add);
        }
        return body;
    }

    /**
     * The vectors of an answer.
     *
     * @throws PluginFailure if it does not hold one for each input
     */
    static ModelProcess.Vectors read(JsonNode answer, List<List<Integer>> inputs) {
        float[][] vectors = new float[inputs.size()][];
        for (JsonNode item : answer) {
            int index = item.path("index").asInt(-1);
            JsonNode vector = item.path("embedding").path(0);
            if (index >= 0 && index < vectors.length && vector.isArray()) {
                vectors[index] = numbers(vector);
            }
        }
        List<float[]> all = new ArrayList<>();
        for (float[] vector : vectors) {
            if (vector == null) {
                throw new PluginFailure.Permanent(FailureCode.INTERNAL, "llama-server left a vector out");
            }
            all.add(vector);
        }
        return new ModelProcess.Vectors(
                all, inputs.stream().mapToInt(List::size).sum());
    }

    private static float[] numbers(JsonNode vector) {
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i).floatValue();
        }
        return numbers;
    }

    /**
     * As much of a text as fits.
     *
     * @param frame what the tokenizer puts around nothing: the tokens before a text and those after it
     */
    static List<Integer> cut(List<Integer> tokens, List<Integer> frame, int most) {
        boolean ends = !frame.isEmpty() && frame.getLast().equals(tokens.getLast());
        if (!ends) {
            return tokens.subList(0, most);
        }
        List<Integer> cut = new ArrayList<>(tokens.subList(0, most - 1));
        cut.add(tokens.getLast());
        return cut;
    }
}
