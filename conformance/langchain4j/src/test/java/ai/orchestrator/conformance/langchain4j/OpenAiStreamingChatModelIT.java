package ai.orchestrator.conformance.langchain4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;

@Client(Clients.OPENAI)
class OpenAiStreamingChatModelIT extends AbstractStreamingChatModelIT {
    @Override
    protected List<StreamingChatModel> models() {
        return List.of(Clients.openAiStreaming().modelName(Clients.SCRIPTED).build());
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return Clients.openAiStreaming()
                .modelName(Optional.ofNullable(parameters.modelName()).orElse(Clients.SCRIPTED))
                .defaultRequestParameters(parameters)
                .build();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return Clients.openAiStreaming()
                .modelName(Clients.SCRIPTED)
                .listeners(List.of(listener))
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

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id) {
        order.verify(handler).onPartialToolCall(eq(partial(0, id, "getWeather", "{\"city\":\"Munich\"}")), any());
        order.verify(handler).onCompleteToolCall(complete(0, id, "getWeather", "{\"city\":\"Munich\"}"));
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String one, String two) {
        verifyToolCallbacks(handler, order, one);
        order.verify(handler).onPartialToolCall(eq(partial(1, two, "getTime", "{\"country\":\"France\"}")), any());
        order.verify(handler).onCompleteToolCall(complete(1, two, "getTime", "{\"country\":\"France\"}"));
    }

    /** As with Ollama, an image has to be in the request itself; the sentence is Ollama's. */
    @Override
    @ParameterizedTest
    @MethodSource("models")
    protected void should_fail_if_images_as_public_URLs_are_not_supported(StreamingChatModel model) {
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return OpenAiChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return OpenAiTokenUsage.class;
    }
}
