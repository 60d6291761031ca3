package ai.orchestrator.conformance.ollama4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.conformance.Shows;
import ai.orchestrator.dist.Http;
import ai.orchestrator.dist.TestModel;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResult;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.response.Model;
import io.github.ollama4j.tools.Tools;
import io.github.ollama4j.utils.OptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Client("ollama4j 1.1.6")
class Ollama4jIT {
    private static final Map<String, Object> COLOR = Map.of(
            "type",
            "object",
            "properties",
            Map.of("name", Map.of("type", "string"), "warm", Map.of("type", "boolean")),
            "required",
            List.of("name", "warm"));

    private final Ollama client = client();

    @Test
    @Shows("lists models")
    void listsModels() throws OllamaException {
        assertThat(client.ping()).isTrue();
        assertThat(client.getVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(client.listModels()).extracting(Model::getName).contains(TestModel.NAME);
        assertThat(client.getModelDetails(TestModel.NAME).getDetails().getFamily())
                .isEqualTo("llama");
        assertThat(client.ps().getModels()).isNotNull();
    }

    @Test
    @Shows("chats")
    void chats() throws OllamaException {
        OllamaChatResult result = client.chat(local("Say hello."), null);
        assertThat(result.getResponseModel().getMessage().getResponse()).isNotBlank();
        assertThat(result.getResponseModel().getEvalCount()).isBetween(1, 12);
    }

    @Test
    @Shows("chats in a stream")
    void chatsInAStream() throws OllamaException {
        List<String> pieces = new ArrayList<>();
        OllamaChatResult result = client.chat(
                local("Say good morning.").withStreaming(),
                piece -> pieces.add(piece.getMessage().getResponse()));
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(result.getResponseModel().isDone()).isTrue();
    }

    @Test
    @Shows("chats")
    void answersWithSources() throws OllamaException {
        OllamaChatRequest request = OllamaChatRequest.builder()
                .withModel(ConformanceServer.SOURCED)
                .withMessage(OllamaChatMessageRole.USER, "What is the capital of Germany?")
                .build();
        String whole =
                client.chat(request, null).getResponseModel().getMessage().getResponse();
        assertThat(whole).contains("Berlin").endsWith(ConformanceServer.SOURCES);
        StringBuilder streamed = new StringBuilder();
        client.chat(
                request.withStreaming(),
                piece -> streamed.append(piece.getMessage().getResponse()));
        assertThat(streamed).hasToString(whole);
    }

    @Test
    @Shows("calls a tool")
    void callsATool() throws OllamaException {
        List<Object> asked = new ArrayList<>();
        client.registerTool(Tools.Tool.builder()
                .toolSpec(Tools.ToolSpec.builder()
                        .name("getWeather")
                        .description("Tells the weather of a city")
                        .parameters(Tools.Parameters.of(Map.of(
                                "city",
                                Tools.Property.builder()
                                        .type("string")
                                        .required(true)
                                        .build())))
                        .build())
                .toolFunction(arguments -> {
                    asked.add(arguments);
                    return "hail";
                })
                .build());
        OllamaChatResult result = client.chat(
                OllamaChatRequest.builder()
                        .withModel(ConformanceServer.SCRIPTED)
                        .withMessage(OllamaChatMessageRole.USER, "What is the weather in Tokyo?")
                        .withUseTools(true)
                        .build(),
                null);
        assertThat(asked).containsExactly(Map.of("city", "Tokyo"));
        assertThat(result.getResponseModel().getMessage().getResponse()).contains("hail");
    }

    @Test
    @Shows("JSON by schema")
    void answersByASchema() throws OllamaException {
        OllamaChatRequest request = local("Describe a colour.")
                .withOptions(
                        new OptionsBuilder().setNumPredict(64).setTemperature(0).build());
        request.setFormat(COLOR);
        JsonNode answer = Http.read(
                client.chat(request, null).getResponseModel().getMessage().getResponse());
        assertThat(answer.path("name").isTextual()).isTrue();
        assertThat(answer.path("warm").isBoolean()).isTrue();
    }

    @Test
    @Shows("embeds")
    void embeds() throws OllamaException {
        assertThat(client.embed(new OllamaEmbedRequest("all-minilm", List.of("a cat", "a dog")))
                        .getEmbeddings())
                .hasSize(2)
                .allSatisfy(vector -> assertThat(vector).hasSize(384));
    }

    @Test
    @Shows("meets an error")
    void meetsAnError() {
        OllamaChatRequest request = OllamaChatRequest.builder()
                .withModel("nope")
                .withMessage(OllamaChatMessageRole.USER, "Hello")
                .build();
        assertThatThrownBy(() -> client.chat(request, null)).hasMessageContaining("model 'nope' not found");
    }

    private static Ollama client() {
        Ollama client = new Ollama(ConformanceServer.url());
        client.setRequestTimeoutSeconds(120);
        return client;
    }

    private static OllamaChatRequest local(String question) {
        return OllamaChatRequest.builder()
                .withModel(TestModel.NAME)
                .withMessage(OllamaChatMessageRole.USER, question)
                .withOptions(new OptionsBuilder().setNumPredict(12).build());
    }
}
