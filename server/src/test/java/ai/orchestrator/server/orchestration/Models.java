package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes to models. */
final class Models {
    private Models() {}

    static ModelInfo withDigest(ModelInfo model, String digest) {
        return new ModelInfo(
                model.name(),
                digest,
                model.sizeBytes(),
                model.modifiedAt(),
                model.format(),
                model.families(),
                model.parameterSize(),
                model.quantization(),
                model.contextLength(),
                model.embeddingLength(),
                model.capabilities(),
                model.remote(),
                model.price());
    }

    static ModelInfo withPrice(ModelInfo model, Optional<Price> price) {
        return new ModelInfo(
                model.name(),
                model.digest(),
                model.sizeBytes(),
                model.modifiedAt(),
                model.format(),
                model.families(),
                model.parameterSize(),
                model.quantization(),
                model.contextLength(),
                model.embeddingLength(),
                model.capabilities(),
                model.remote(),
                price);
    }

    static ModelInfo withContext(ModelInfo model, OptionalInt tokens) {
        return new ModelInfo(
                model.name(),
                model.digest(),
                model.sizeBytes(),
                model.modifiedAt(),
                model.format(),
                model.families(),
                model.parameterSize(),
                model.quantization(),
                tokens,
                model.embeddingLength(),
                model.capabilities(),
                model.remote(),
                model.price());
    }
}
