package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import java.util.List;
import java.util.Optional;
import org.mockito.InOrder;

@Client(Clients.OLLAMA)
class OllamaStreamingChatModelIT extends AbstractStreamingChatModelIT {
    @Override
    protected List<StreamingChatModel> models() {
        return List.of(Clients.ollamaStreaming().modelName(Clients.SCRIPTED).build());
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return Clients.ollamaStreaming()
                .modelName(Optional.ofNullable(parameters.modelName()).orElse(Clients.SCRIPTED))
                .defaultRequestParameters(parameters)
                .build();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return Clients.ollamaStreaming()
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

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id) {
        order.verify(handler).onCompleteToolCall(complete(0, id, "getWeather", "{\"city\":\"Munich\"}"));
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String one, String two) {
        verifyToolCallbacks(handler, order, one);
        order.verify(handler).onCompleteToolCall(complete(1, two, "getTime", "{\"country\":\"France\"}"));
    }

    /** A tool call of Ollama's API comes whole. */
    @Override
    protected boolean supportsPartialToolStreaming(StreamingChatModel model) {
        return false;
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
