package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Writes Ollama's {@code options}. */
final class OptionsWriter {
    /** How the server runs the model; other names are not passed on. */
    private static final List<String> PASSED_ON =
            List.of("draft_num_predict", "main_gpu", "num_batch", "num_gpu", "num_thread", "use_mmap");

    private final Map<String, Object> defaults;

    /** @param defaults as {@link OllamaSettings#options} */
    OptionsWriter(Map<String, Object> defaults) {
        this.defaults = defaults;
    }

    /** Puts the options into a request's body, unless there are none. */
    void write(ObjectNode body, SamplingOptions options) {
        ObjectNode written = (ObjectNode) Json.MAPPER.valueToTree(defaults);
        options.numPredict().ifPresent(value -> written.put("num_predict", value));
        options.numCtx().ifPresent(value -> written.put("num_ctx", value));
        options.numKeep().ifPresent(value -> written.put("num_keep", value));
        options.temperature().ifPresent(value -> written.put("temperature", value));
        options.topK().ifPresent(value -> written.put("top_k", value));
        options.topP().ifPresent(value -> written.put("top_p", value));
        options.minP().ifPresent(value -> written.put("min_p", value));
        options.typicalP().ifPresent(value -> written.put("typical_p", value));
        options.repeatLastN().ifPresent(value -> written.put("repeat_last_n", value));
        options.repeatPenalty().ifPresent(value -> written.put("repeat_penalty", value));
        options.presencePenalty().ifPresent(value -> written.put("presence_penalty", value));
        options.frequencyPenalty().ifPresent(value -> written.put("frequency_penalty", value));
        options.seed().ifPresent(value -> written.put("seed", value));
        if (!options.stop().isEmpty()) {
            ArrayNode stop = written.putArray("stop");
            options.stop().forEach(stop::add);
        }
        PASSED_ON.stream()
                .filter(options.other()::containsKey)
                .forEach(name -> written.set(
                        name, Json.given("the option " + name, options.other().get(name))));
        if (!written.isEmpty()) {
            body.set("options", written);
        }
    }
}
