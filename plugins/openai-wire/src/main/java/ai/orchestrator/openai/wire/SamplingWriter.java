package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Writes how the next token is chosen and where to stop, as far as the dialect can say it. */
final class SamplingWriter {
    /** What is passed on by its own name; nothing that could choose another model or buy something more. */
    private static final Set<String> PASSED_ON = Set.of("logit_bias", "parallel_tool_calls", "top_a", "verbosity");

    private SamplingWriter() {}

    /** @throws ai.orchestrator.plugin.PluginFailure if an option that is passed on is no JSON */
    static void write(ObjectNode body, SamplingOptions options, ChatDialect dialect) {
        options.numPredict()
                .filter(limit -> limit > 0)
                .ifPresent(limit -> body.put(dialect.tokenLimit().member(), limit));
        options.temperature().ifPresent(value -> body.put("temperature", value));
        options.topP().ifPresent(value -> body.put("top_p", value));
        options.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        options.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        options.seed().filter(seed -> seed >= 0).ifPresent(seed -> body.put("seed", seed));
        more(body, options, dialect.sampling());
        if (!options.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            options.stop().forEach(stop::add);
        }
        PASSED_ON.stream()
                .sorted()
                .filter(options.other()::containsKey)
                .forEach(name -> body.set(
                        name, Json.given("the option " + name, options.other().get(name))));
    }

    private static void more(ObjectNode body, SamplingOptions options, ChatDialect.Sampling sampling) {
        if (sampling == ChatDialect.Sampling.STRICT) {
            return;
        }
        options.topK().ifPresent(value -> body.put("top_k", value));
        options.minP().ifPresent(value -> body.put("min_p", value));
        options.repeatPenalty().ifPresent(value -> body.put(sampling.penalty(), value));
        if (sampling == ChatDialect.Sampling.REPEAT_PENALTY) {
            options.repeatLastN().ifPresent(value -> body.put("repeat_last_n", value));
            options.typicalP().ifPresent(value -> body.put("typical_p", value));
        }
    }
}
