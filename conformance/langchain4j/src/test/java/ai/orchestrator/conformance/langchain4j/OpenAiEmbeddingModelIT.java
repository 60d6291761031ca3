package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.util.List;

@Client(Clients.OPENAI)
class OpenAiEmbeddingModelIT extends AbstractEmbeddingModelIT {
    @Override
    protected List<EmbeddingModel> models() {
        return List.of(builder("all-minilm").build());
    }

    @Override
    protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
        return builder("all-minilm").listeners(List.of(listener)).build();
    }

    @Override
    protected EmbeddingModel failingModelWith(EmbeddingModelListener listener) {
        return builder("no-such-model").listeners(List.of(listener)).build();
    }

    private static OpenAiEmbeddingModel.OpenAiEmbeddingModelBuilder builder(String model) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(ConformanceServer.url() + "/v1")
                .apiKey("none")
                .modelName(model)
                .maxRetries(0);
    }

    @Override
    protected int dimensionsParameter() {
        return 64;
    }

    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    @Override
    protected boolean supportsImageInput() {
        return false;
    }
}
