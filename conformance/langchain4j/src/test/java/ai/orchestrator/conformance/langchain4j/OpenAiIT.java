package ai.orchestrator.conformance.langchain4j;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.conformance.Shows;
import ai.orchestrator.dist.TestModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import org.junit.jupiter.api.Test;

@Client(Clients.OPENAI)
class OpenAiIT {
    @Test
    @Shows("chats")
    void chats() {
        Checks.chats(Clients.openAi().modelName(TestModel.NAME).maxTokens(16).build());
    }

    @Test
    @Shows("chats in a stream")
    void chatsInAStream() throws Exception {
        Checks.chatsInAStream(Clients.openAiStreaming()
                .modelName(TestModel.NAME)
                .maxTokens(16)
                .build());
    }

    @Test
    @Shows("chats")
    void answersWithSources() throws Exception {
        Checks.answersWithSources(
                Clients.openAi().modelName(ConformanceServer.SOURCED).build(),
                Clients.openAiStreaming().modelName(ConformanceServer.SOURCED).build());
    }

    @Test
    @Shows("calls a tool")
    void callsATool() {
        Checks.callsATool(Clients.openAi().modelName(Clients.SCRIPTED).build());
    }

    @Test
    @Shows("JSON by schema")
    void answersByASchema() {
        Checks.answersByASchema(Clients.openAi()
                .modelName(TestModel.NAME)
                .maxTokens(64)
                .temperature(0.0)
                .strictJsonSchema(true)
                .build());
    }

    @Test
    @Shows("embeds")
    void embeds() {
        Checks.embeds(OpenAiEmbeddingModel.builder()
                .baseUrl(ConformanceServer.url() + "/v1")
                .apiKey("none")
                .modelName("all-minilm")
                .build());
    }

    @Test
    @Shows("meets an error")
    void meetsAnError() {
        Checks.meetsAnError(Clients.openAi().modelName("nope").build());
    }
}
