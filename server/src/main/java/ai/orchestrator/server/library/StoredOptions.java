package ai.orchestrator.server.library;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A model's own default options. They are kept as they were given; whether they are of the right type is seen when they are used. */
final class StoredOptions {
    private static final String STOP = "stop";

    private final Map<String, JsonNode> parameters;

    StoredOptions(Map<String, JsonNode> parameters) {
        this.parameters = parameters;
    }

    /** The request's options, and the model's where the request has none. */
    SamplingOptions under(SamplingOptions asked) {
        if (parameters.isEmpty()) {
            return asked;
        }
        Map<String, String> other = new HashMap<>();
        parameters.forEach((name, value) -> other.put(name, value.toString()));
        KNOWN.forEach(other::remove);
        other.putAll(asked.other());
        return new SamplingOptions(
                asked.numPredict().or(() -> whole("num_predict")),
                asked.numCtx().or(() -> whole("num_ctx")),
                asked.numKeep().or(() -> whole("num_keep")),
                asked.temperature().or(() -> decimal("temperature")),
                asked.topK().or(() -> whole("top_k")),
                asked.topP().or(() -> decimal("top_p")),
                asked.minP().or(() -> decimal("min_p")),
                asked.typicalP().or(() -> decimal("typical_p")),
                asked.repeatLastN().or(() -> whole("repeat_last_n")),
                asked.repeatPenalty().or(() -> decimal("repeat_penalty")),
                asked.presencePenalty().or(() -> decimal("presence_penalty")),
                asked.frequencyPenalty().or(() -> decimal("frequency_penalty")),
                asked.seed().or(() -> number("seed", "integer").map(JsonNode::longValue)),
                asked.stop().isEmpty() ? stop() : asked.stop(),
                other);
    }

    /** One {@code name value} a line, a name again for each element of a list. */
    String lines() {
        return parameters.entrySet().stream()
                .flatMap(parameter -> {
                    List<JsonNode> values = new ArrayList<>();
                    if (parameter.getValue().isArray()) {
                        parameter.getValue().forEach(values::add);
                    } else {
                        values.add(parameter.getValue());
                    }
                    return values.stream().map(value -> parameter.getKey() + " " + value);
                })
                .collect(Collectors.joining("\n"));
    }

    private static final List<String> KNOWN = List.of(
            "num_predict",
            "num_ctx",
            "num_keep",
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "typical_p",
            "repeat_last_n",
            "repeat_penalty",
            "presence_penalty",
            "frequency_penalty",
            "seed",
            STOP);

    private Optional<Integer> whole(String name) {
        return number(name, "integer")
                .map(value -> Math.clamp(value.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private Optional<Double> decimal(String name) {
        return number(name, "float32").map(JsonNode::doubleValue);
    }

    private Optional<JsonNode> number(String name, String type) {
        Optional<JsonNode> value = Optional.ofNullable(parameters.get(name)).filter(node -> !node.isNull());
        value.filter(node -> !node.isNumber()).ifPresent(node -> {
            throw wrongType(name, type);
        });
        return value;
    }

    /** A list; a single text, which older models have, counts as a list of one. */
    private List<String> stop() {
        JsonNode value = parameters.get(STOP);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrongType(STOP, "array of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static PluginFailure wrongType(String name, String type) {
        return new PluginFailure.Permanent(FailureCode.INTERNAL, "option \"" + name + "\" must be of type " + type);
    }
}
