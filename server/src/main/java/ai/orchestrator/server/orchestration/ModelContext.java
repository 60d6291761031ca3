package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.List;
import java.util.Optional;

/** How much context, in tokens, a model has for a request, as far as can be told before it is asked. */
final class ModelContext {
    /** What Ollama gives a model where nothing is said, which is far less than many models could have. */
    private static final int USUAL = 4_096;

    private ModelContext() {}

    /** What the request asks for, or the model's own default, but no more than the model can have. */
    static int tokens(ModelInfo model, ChatRequest request) {
        Optional<Integer> asked =
                request.options().numCtx().or(() -> model.defaults().flatMap(SamplingOptions::numCtx));
        int most = model.contextLength().orElse(USUAL);
        return Math.min(most, asked.orElse(isForeignServer(model) ? USUAL : most));
    }

    /** That of the model which has the most. */
    static int most(List<ModelInfo> models, ChatRequest request) {
        return models.stream().mapToInt(model -> tokens(model, request)).max().orElse(USUAL);
    }

    /** Somebody's own, which loads a model as it is set to; a service that is paid for gives all that it tells. */
    private static boolean isForeignServer(ModelInfo model) {
        return model.remote().isPresent() && model.price().isEmpty();
    }
}
