package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import java.util.List;
import java.util.Optional;

@Client(Clients.OLLAMA)
class OllamaChatModelIT extends AbstractChatModelIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Clients.ollama().modelName(Clients.SCRIPTED).build());
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return Clients.ollama()
                .modelName(Optional.ofNullable(parameters.modelName()).orElse(Clients.SCRIPTED))
                .defaultRequestParameters(parameters)
                .build();
    }

    @Override
    protected String customModelName() {
        return Clients.OTHER;
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return OllamaChatRequestParameters.builder()
                .maxOutputTokens(maxOutputTokens)
                .build();
    }

    @Override
    protected String catImageUrl() {
        return ConformanceServer.pictureUrl();
    }

    @Override
    protected String diceImageUrl() {
        return ConformanceServer.pictureUrl();
    }

    /** Ollama's API has none. */
    @Override
    protected boolean supportsToolChoiceRequired() {
        return false;
    }

    /** Ollama's API has none. */
    @Override
    protected boolean assertResponseId() {
        return false;
    }
}
