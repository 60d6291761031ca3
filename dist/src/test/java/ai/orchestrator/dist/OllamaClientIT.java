package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Ollama client, LangChain4j's, unchanged. */
class OllamaClientIT {
    @TempDir
    static Path folder;

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start(Product.home(folder), Map.of());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void listsModels() {
        List<OllamaModel> models = OllamaModels.builder()
                .baseUrl(product.http.base)
                .build()
                .availableModels()
                .content();

        assertThat(models).extracting(OllamaModel::getName).contains(TestModel.NAME);
    }

    @Test
    void chats() {
        OllamaChatModel model = OllamaChatModel.builder()
                .baseUrl(product.http.base)
                .modelName(TestModel.NAME)
                .numPredict(16)
                .build();

        assertThat(model.chat("Say hello.")).isNotBlank();
    }

    @Test
    void chatsInAStream() throws Exception {
        OllamaStreamingChatModel model = OllamaStreamingChatModel.builder()
                .baseUrl(product.http.base)
                .modelName(TestModel.NAME)
                .numPredict(16)
                .build();
        StringBuilder streamed = new StringBuilder();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        model.chat("Say good morning.", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                streamed.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });

        ChatResponse response = complete.get(60, TimeUnit.SECONDS);
        assertThat(response.aiMessage().text()).isEqualTo(streamed.toString()).isNotBlank();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void embeds() {
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .baseUrl(product.http.base)
                .modelName("all-minilm")
                .build();

        assertThat(model.embedAll(List.of(TextSegment.from("a cat"), TextSegment.from("a dog")))
                        .content())
                .hasSize(2)
                .allSatisfy(vector -> assertThat(vector.dimension()).isEqualTo(384));
    }
}
