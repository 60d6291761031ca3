package ai.orchestrator.conformance.springai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.conformance.Client;
import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.conformance.Shows;
import ai.orchestrator.dist.Http;
import ai.orchestrator.dist.TestModel;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

@Client("Spring AI 2.0.0")
class SpringAiIT {
    private static final Map<String, Object> COLOR = Map.of(
            "type",
            "object",
            "properties",
            Map.of("name", Map.of("type", "string"), "warm", Map.of("type", "boolean")),
            "required",
            List.of("name", "warm"));

    private final OllamaApi api =
            OllamaApi.builder().baseUrl(ConformanceServer.url()).build();

    @Test
    @Shows("lists models")
    void listsModels() {
        assertThat(api.listModels().models()).extracting(OllamaApi.Model::name).contains(TestModel.NAME);
        assertThat(api.showModel(new OllamaApi.ShowModelRequest(TestModel.NAME)).modelInfo())
                .containsKey("general.architecture");
    }

    @Test
    @Shows("chats")
    void chats() {
        ChatResponse response = model(local(12)).call(new Prompt("Say hello."));
        assertThat(text(response)).isNotBlank();
        assertThat(response.getMetadata().getUsage().getCompletionTokens()).isBetween(1, 12);
    }

    @Test
    @Shows("chats in a stream")
    void chatsInAStream() {
        List<ChatResponse> pieces = model(local(12)).stream(new Prompt("Say good morning."))
                .collectList()
                .blockOptional(Duration.ofMinutes(2))
                .orElseThrow();
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces.getLast().getMetadata().getUsage().getCompletionTokens())
                .isPositive();
    }

    @Test
    @Shows("chats")
    void answersWithSources() {
        OllamaChatModel model = model(
                OllamaChatOptions.builder().model(ConformanceServer.SOURCED).build());
        Prompt question = new Prompt("What is the capital of Germany?");
        String whole = text(model.call(question));
        assertThat(whole).contains("Berlin").endsWith(ConformanceServer.SOURCES);
        List<ChatResponse> pieces = model.stream(question)
                .collectList()
                .blockOptional(Duration.ofMinutes(2))
                .orElseThrow();
        assertThat(String.join("", pieces.stream().map(SpringAiIT::text).toList()))
                .isEqualTo(whole);
    }

    @Test
    @Shows("calls a tool")
    void callsATool() {
        OllamaApi.ChatRequest.Tool tool = new OllamaApi.ChatRequest.Tool(new OllamaApi.ChatRequest.Tool.Function(
                "getWeather",
                "Tells the weather of a city",
                Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")))));
        OllamaApi.Message question = OllamaApi.Message.builder(OllamaApi.Message.Role.USER)
                .content("What is the weather in Paris?")
                .build();
        OllamaApi.Message call = ask(List.of(question), tool);
        OllamaApi.Message.ToolCallFunction function =
                requireNonNull(call.toolCalls()).getFirst().function();
        assertThat(function.name()).isEqualTo("getWeather");
        assertThat(function.arguments()).isEqualTo(Map.of("city", "Paris"));
        OllamaApi.Message result = OllamaApi.Message.builder(OllamaApi.Message.Role.TOOL)
                .content("foggy")
                .build();
        assertThat(ask(List.of(question, call, result), tool).content()).contains("foggy");
    }

    @Test
    @Shows("JSON by schema")
    void answersByASchema() {
        OllamaChatOptions options = OllamaChatOptions.builder()
                .model(TestModel.NAME)
                .numPredict(64)
                .temperature(0.0)
                .format(COLOR)
                .build();
        JsonNode answer = Http.read(text(model(options).call(new Prompt(new UserMessage("Describe a colour.")))));
        assertThat(answer.path("name").isTextual()).isTrue();
        assertThat(answer.path("warm").isBoolean()).isTrue();
    }

    @Test
    @Shows("embeds")
    void embeds() {
        OllamaEmbeddingModel model =
                OllamaEmbeddingModel.builder().ollamaApi(api).build();
        OllamaEmbeddingOptions options =
                OllamaEmbeddingOptions.builder().model("all-minilm").build();
        assertThat(model.call(new EmbeddingRequest(List.of("a cat", "a dog"), options))
                        .getResults())
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.getOutput()).hasSize(384));
    }

    @Test
    @Shows("meets an error")
    void meetsAnError() {
        OllamaChatOptions options = OllamaChatOptions.builder().model("nope").build();
        assertThatThrownBy(() -> model(options).call(new Prompt("Hello")))
                .hasMessageContaining("404")
                .hasMessageContaining("model 'nope' not found");
    }

    private static String text(ChatResponse response) {
        return requireNonNull(requireNonNull(response.getResult()).getOutput().getText());
    }

    private OllamaApi.Message ask(List<OllamaApi.Message> messages, OllamaApi.ChatRequest.Tool tool) {
        return api.chat(
                        OllamaApi.ChatRequest.builder(ConformanceServer.SCRIPTED)
                                .messages(messages)
                                .tools(List.of(tool))
                                .stream(false)
                                .build())
                .message();
    }

    private OllamaChatModel model(OllamaChatOptions options) {
        return OllamaChatModel.builder()
                .ollamaApi(api)
                .options(options)
                .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
                .build();
    }

    private static OllamaChatOptions local(int limit) {
        return OllamaChatOptions.builder()
                .model(TestModel.NAME)
                .numPredict(limit)
                .build();
    }
}
