package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.ConformanceServer;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.Map;

/** LangChain4j's clients, set up as its documentation does, against the running product. */
final class Clients {
    static final String OLLAMA = "LangChain4j 1.18.1, Ollama";
    static final String OPENAI = "LangChain4j 1.18.1, OpenAI";
    static final String SCRIPTED = ConformanceServer.SCRIPTED;
    static final String OTHER = ConformanceServer.OTHER;

    /** A short answer that is replayed comes in one piece, and the published tests of streams count pieces. */
    private static final Map<String, String> UNCACHED = Map.of("Cache-Control", "no-store");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Clients() {}

    static OllamaChatModel.OllamaChatModelBuilder ollama() {
        return OllamaChatModel.builder().baseUrl(ConformanceServer.url()).timeout(PATIENCE);
    }

    static OllamaStreamingChatModel.OllamaStreamingChatModelBuilder ollamaStreaming() {
        return OllamaStreamingChatModel.builder()
                .baseUrl(ConformanceServer.url())
                .customHeaders(UNCACHED)
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
                .customHeaders(UNCACHED)
                .apiKey("none")
                .timeout(PATIENCE);
    }
}
