package ai.orchestrator.conformance.langchain4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Client(Clients.OPENAI)
class OpenAiChatModelIT extends AbstractChatModelIT {
    @Override
    protected List<ChatModel> models() {
        return List.of(Clients.openAi().modelName(Clients.SCRIPTED).build());
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return Clients.openAi()
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
        return OpenAiChatRequestParameters.builder()
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

    /** As with Ollama, an image has to be in the request itself; the sentence is Ollama's. */
    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_fail_if_images_as_public_URLs_are_not_supported(ChatModel model) {
        UserMessage message = UserMessage.from(catImageContentUrl());
        ChatRequest request = ChatRequest.builder().messages(message).build();
        assertThatThrownBy(() -> chat(model, request)).hasMessageContaining("image URLs are not currently supported");
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }

    @Override
    protected boolean supportsMultipleImageInputsAsPublicURLs() {
        return false;
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return OpenAiChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
        return OpenAiTokenUsage.class;
    }
}
