package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.CanonicalJson;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ObjIntConsumer;

/** Reads {@code options}. A known option of the wrong type is refused with status 500, as Ollama does; an unknown one is passed on. */
final class OptionsReader {
    private static final Map<String, ObjIntConsumer<SamplingOptions.Builder>> INTEGERS = Map.of(
            "num_predict", SamplingOptions.Builder::numPredict,
            "num_ctx", SamplingOptions.Builder::numCtx,
            "num_keep", SamplingOptions.Builder::numKeep,
            "top_k", SamplingOptions.Builder::topK,
            "repeat_last_n", SamplingOptions.Builder::repeatLastN);
    private static final Map<String, ObjDoubleConsumer<SamplingOptions.Builder>> FLOATS = Map.of(
            "temperature", SamplingOptions.Builder::temperature,
            "top_p", SamplingOptions.Builder::topP,
            "min_p", SamplingOptions.Builder::minP,
            "typical_p", SamplingOptions.Builder::typicalP,
            "repeat_penalty", SamplingOptions.Builder::repeatPenalty,
            "presence_penalty", SamplingOptions.Builder::presencePenalty,
            "frequency_penalty", SamplingOptions.Builder::frequencyPenalty);
    private static final Set<String> RUNNER_INTEGERS =
            Set.of("num_batch", "num_gpu", "main_gpu", "num_thread", "draft_num_predict");
    private static final Set<String> RUNNER_BOOLEANS = Set.of("use_mmap");

    private OptionsReader() {}

    static SamplingOptions read(JsonObject request) {
        JsonNode options = request.find("options").orElse(null);
        if (options == null || (options.isObject() && options.isEmpty())) {
            return SamplingOptions.defaults();
        }
        if (!options.isObject()) {
            throw request.wrongType("options", options, "map[string]interface {}", "an object");
        }
        SamplingOptions.Builder builder = SamplingOptions.builder();
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            if (!option.getValue().isNull()) {
                set(builder, option.getKey(), option.getValue());
            }
        }
        return builder.build();
    }

    private static void set(SamplingOptions.Builder builder, String name, JsonNode value) {
        ObjIntConsumer<SamplingOptions.Builder> integer = INTEGERS.get(name);
        ObjDoubleConsumer<SamplingOptions.Builder> number = FLOATS.get(name);
        if (integer != null) {
            integer.accept(builder, Math.clamp(whole(name, value), Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (number != null) {
            number.accept(builder, decimal(name, value));
        } else if (name.equals("seed")) {
            builder.seed(whole(name, value));
        } else if (name.equals("stop")) {
            builder.stop(texts(name, value));
        } else {
            checkRunnerOption(name, value);
            builder.other(name, CanonicalJson.of(value));
        }
    }

    private static void checkRunnerOption(String name, JsonNode value) {
        if (RUNNER_INTEGERS.contains(name)) {
            whole(name, value);
        } else if (RUNNER_BOOLEANS.contains(name) && !value.isBoolean()) {
            throw wrongType(name, "boolean");
        }
    }

    /** The number without its fraction; one beyond 64 bits is the nearest within. */
    private static long whole(String name, JsonNode value) {
        if (!value.isNumber()) {
            throw wrongType(name, "integer");
        }
        return value.canConvertToLong() ? value.longValue() : (long) value.doubleValue();
    }

    private static double decimal(String name, JsonNode value) {
        if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
            throw wrongType(name, "float32");
        }
        return value.doubleValue();
    }

    private static List<String> texts(String name, JsonNode value) {
        if (!value.isArray()) {
            throw wrongType(name, "array");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw new HttpProblem(500, "option \"" + name + "\" must be of an array of strings");
            }
            texts.add(Surrogates.repair(element.textValue()));
        }
        return texts;
    }

    private static HttpProblem wrongType(String name, String type) {
        return new HttpProblem(500, "option \"" + name + "\" must be of type " + type);
    }
}
