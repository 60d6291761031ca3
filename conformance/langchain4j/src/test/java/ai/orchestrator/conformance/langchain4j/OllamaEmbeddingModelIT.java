package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import java.util.List;

@Client(Clients.OLLAMA)
class OllamaEmbeddingModelIT extends AbstractEmbeddingModelIT {
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

    private static OllamaEmbeddingModel.OllamaEmbeddingModelBuilder builder(String model) {
        return OllamaEmbeddingModel.builder()
                .baseUrl(ConformanceServer.url())
                .modelName(model)
                .maxRetries(0);
    }

    /** This client of Ollama's API has none of the three. */
    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    @Override
    protected boolean supportsDimensionsParameter() {
        return false;
    }

    @Override
    protected boolean supportsImageInput() {
        return false;
    }
}
