package ai.orchestrator.conformance.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.conformance.Shows;
import ai.orchestrator.dist.TestModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import org.junit.jupiter.api.Test;

@Client(Clients.OLLAMA)
class OllamaIT {
    @Test
    @Shows("lists models")
    void listsModels() {
        OllamaModels models =
                OllamaModels.builder().baseUrl(ConformanceServer.url()).build();
        assertThat(models.availableModels().content())
                .extracting(OllamaModel::getName)
                .contains(TestModel.NAME);
        assertThat(models.modelCard(TestModel.NAME).content().getModelInfo()).containsKey("general.architecture");
    }

    @Test
    @Shows("chats")
    void chats() {
        Checks.chats(Clients.ollama().modelName(TestModel.NAME).numPredict(16).build());
    }

    @Test
    @Shows("chats in a stream")
    void chatsInAStream() throws Exception {
        Checks.chatsInAStream(Clients.ollamaStreaming()
                .modelName(TestModel.NAME)
                .numPredict(16)
                .build());
    }

    @Test
    @Shows("chats")
    void answersWithSources() throws Exception {
        Checks.answersWithSources(
                Clients.ollama().modelName(ConformanceServer.SOURCED).build(),
                Clients.ollamaStreaming().modelName(ConformanceServer.SOURCED).build());
    }

    @Test
    @Shows("calls a tool")
    void callsATool() {
        Checks.callsATool(Clients.ollama().modelName(Clients.SCRIPTED).build());
    }

    @Test
    @Shows("JSON by schema")
    void answersByASchema() {
        Checks.answersByASchema(Clients.ollama()
                .modelName(TestModel.NAME)
                .numPredict(64)
                .temperature(0.0)
                .build());
    }

    @Test
    @Shows("embeds")
    void embeds() {
        Checks.embeds(OllamaEmbeddingModel.builder()
                .baseUrl(ConformanceServer.url())
                .modelName("all-minilm")
                .build());
    }

    @Test
    @Shows("meets an error")
    void meetsAnError() {
        Checks.meetsAnError(Clients.ollama().modelName("nope").maxRetries(0).build());
    }
}
