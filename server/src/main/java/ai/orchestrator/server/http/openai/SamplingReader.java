package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads how the next token is chosen and where to stop. Where Ollama's own API has the model's defaults, this one has OpenAI's. */
final class SamplingReader {
    private static final double DEFAULT = 1.0;

    private SamplingReader() {}

    static SamplingOptions read(JsonObject request) {
        SamplingOptions.Builder options = SamplingOptions.builder()
                .temperature(request.number("temperature").orElse(DEFAULT))
                .topP(request.number("top_p").orElse(DEFAULT))
                .stop(stop(request));
        request.number("frequency_penalty").ifPresent(options::frequencyPenalty);
        request.number("presence_penalty").ifPresent(options::presencePenalty);
        request.find("seed").ifPresent(seed -> options.seed(seed(request, seed)));
        // the newer name of the same limit goes first
        request.integer("max_completion_tokens")
                .or(() -> request.integer("max_tokens"))
                .ifPresent(options::numPredict);
        return options.build();
    }

    private static long seed(JsonObject request, JsonNode seed) {
        if (!seed.isNumber() || !seed.canConvertToExactIntegral() || !seed.canConvertToLong()) {
            throw request.wrongType("seed", seed, "int", "a whole number");
        }
        return seed.longValue();
    }

    private static List<String> stop(JsonObject request) {
        JsonNode stop = request.find("stop").orElse(null);
        if (stop == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : stop.isArray() ? stop : List.of(stop)) {
            if (!text.isTextual()) {
                throw HttpProblem.badRequest("invalid type for 'stop' field: " + GoType.of(text));
            }
            texts.add(Surrogates.repair(text.textValue()));
        }
        return texts;
    }
}
