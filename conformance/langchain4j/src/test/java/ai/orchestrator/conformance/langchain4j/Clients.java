package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;

/** LangChain4j's clients, set up as its documentation does, against the running product. */
final class Clients {
    static final String OLLAMA = "LangChain4j 1.18.1, Ollama";
    static final String OPENAI = "LangChain4j 1.18.1, OpenAI";
    static final String SCRIPTED = "scripted";
    static final String OTHER = "scripted-other";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Clients() {}

    static OllamaChatModel.OllamaChatModelBuilder ollama() {
        return OllamaChatModel.builder().baseUrl(ConformanceServer.url()).timeout(PATIENCE);
    }

    static OllamaStreamingChatModel.OllamaStreamingChatModelBuilder ollamaStreaming() {
        return OllamaStreamingChatModel.builder()
                .baseUrl(ConformanceServer.url())
                .timeout(PATIENCE);
    }

    static OpenAiChatModel.OpenAiChatModelBuilder openAi() {
        return OpenAiChatModel.builder()
                .baseUrl(ConformanceServer.url() + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .timeout(PATIENCE);
    }

    static OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder openAiStreaming() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(ConformanceServer.url() + "/v1")
                .apiKey("none")
                .timeout(PATIENCE);
    }
}
