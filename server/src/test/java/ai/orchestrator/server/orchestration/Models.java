package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes to models. */
final class Models {
    private Models() {}

    static ModelInfo withDigest(ModelInfo model, String digest) {
        return with(model, digest, model.contextLength(), model.price());
    }

    static ModelInfo withPrice(ModelInfo model, Optional<Price> price) {
        return with(model, model.digest(), model.contextLength(), price);
    }

    static ModelInfo withContext(ModelInfo model, OptionalInt tokens) {
        return with(model, model.digest(), tokens, model.price());
    }

    private static ModelInfo with(ModelInfo model, String digest, OptionalInt context, Optional<Price> price) {
        return new ModelInfo(
                model.name(),
                digest,
                model.sizeBytes(),
                model.modifiedAt(),
                model.format(),
                model.families(),
                model.parameterSize(),
                model.quantization(),
                context,
                model.embeddingLength(),
                model.capabilities(),
                model.remote(),
                price);
    }
}
