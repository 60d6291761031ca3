package ai.orchestrator.conformance.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.dist.Http;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The checks of both surfaces, each through the client's own interfaces. */
final class Checks {
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("getWeather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();
    private static final ResponseFormat COLOR = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder()
                    .name("Color")
                    .rootElement(JsonObjectSchema.builder()
                            .addStringProperty("name")
                            .addBooleanProperty("warm")
                            .required("name", "warm")
                            .build())
                    .build())
            .build();

    private Checks() {}

    static void chats(ChatModel model) {
        ChatResponse response = model.chat(UserMessage.from("Say hello."));
        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    /** An answer that tells its sources in a key that the client does not know. */
    static void answersWithSources(ChatModel model, StreamingChatModel streaming) throws Exception {
        String question = "What is the capital of Germany?";
        String whole = model.chat(UserMessage.from(question)).aiMessage().text();
        assertThat(whole).contains("Berlin").endsWith(ConformanceServer.SOURCES);
        assertThat(stream(streaming, question, new ArrayList<>()).aiMessage().text())
                .isEqualTo(whole);
    }

    static void chatsInAStream(StreamingChatModel model) throws Exception {
        List<String> pieces = new ArrayList<>();
        ChatResponse response = stream(model, "Say good morning.", pieces);
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(response.aiMessage().text()).isEqualTo(String.join("", pieces));
    }

    private static ChatResponse stream(StreamingChatModel model, String question, List<String> pieces)
            throws Exception {
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        model.chat(question, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.add(piece);
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
        return complete.get(2, TimeUnit.MINUTES);
    }

    static void callsATool(ChatModel model) {
        UserMessage question = UserMessage.from("What is the weather in Oslo?");
        AiMessage call = model.chat(ChatRequest.builder()
                        .messages(question)
                        .toolSpecifications(WEATHER)
                        .build())
                .aiMessage();
        assertThat(call.toolExecutionRequests()).singleElement().satisfies(request -> assertThat(request.arguments())
                .isEqualToIgnoringWhitespace("{\"city\":\"Oslo\"}"));
        ToolExecutionResultMessage result =
                ToolExecutionResultMessage.from(call.toolExecutionRequests().getFirst(), "windy");
        assertThat(model.chat(ChatRequest.builder()
                                .messages(question, call, result)
                                .toolSpecifications(WEATHER)
                                .build())
                        .aiMessage()
                        .text())
                .contains("windy");
    }

    static void answersByASchema(ChatModel model) {
        JsonNode answer = Http.read(model.chat(ChatRequest.builder()
                        .messages(UserMessage.from("Describe a colour."))
                        .responseFormat(COLOR)
                        .build())
                .aiMessage()
                .text());
        assertThat(answer.path("name").isTextual()).isTrue();
        assertThat(answer.path("warm").isBoolean()).isTrue();
    }

    static void embeds(EmbeddingModel model) {
        assertThat(model.embedAll(List.of(TextSegment.from("a cat"), TextSegment.from("a dog")))
                        .content())
                .hasSize(2)
                .allSatisfy(vector -> assertThat(vector.dimension()).isEqualTo(384));
    }

    static void meetsAnError(ChatModel model) {
        assertThatThrownBy(() -> model.chat("Hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("model 'nope' not found");
    }
}
