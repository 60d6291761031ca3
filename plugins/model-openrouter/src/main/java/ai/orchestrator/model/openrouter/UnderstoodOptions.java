package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves options out that none of a model's hosts understands. They would be passed over anyway; but where OpenRouter is asked for hosts that
 * understand all of a request, one such option would leave none.
 */
final class UnderstoodOptions {
    private UnderstoodOptions() {}

    /** @param parameters what the hosts understand; empty if nobody knows, which leaves all in */
    static ModelRequest of(ModelRequest request, Set<String> parameters) {
        if (parameters.isEmpty()) {
            return request;
        }
        SamplingOptions all = request.options();
        return request.withOptions(new SamplingOptions(
                all.numPredict(),
                all.numCtx(),
                all.numKeep(),
                only(all.temperature(), "temperature", parameters),
                only(all.topK(), "top_k", parameters),
                only(all.topP(), "top_p", parameters),
                only(all.minP(), "min_p", parameters),
                all.typicalP(),
                all.repeatLastN(),
                only(all.repeatPenalty(), "repetition_penalty", parameters),
                only(all.presencePenalty(), "presence_penalty", parameters),
                only(all.frequencyPenalty(), "frequency_penalty", parameters),
                only(all.seed(), "seed", parameters),
                parameters.contains("stop") ? all.stop() : List.of(),
                Map.copyOf(all.other())));
    }

    private static <T> Optional<T> only(Optional<T> value, String parameter, Set<String> parameters) {
        return parameters.contains(parameter) ? value : Optional.empty();
    }
}
