package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.anthropic.AnthropicSurface;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.http.openai.OpenAiSurface;
import ai.orchestrator.server.http.responses.ResponsesSurface;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.search.QuotedEvidence;
import ai.orchestrator.server.template.RequestTemplates;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One conversation with a tool on all four routes asks the pipeline the same, and so shares its stored answers. */
class OneConversationTest {
    private static final int MAX_BODY = 1_000_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";
    private static final String QUESTION = "Is it warmer in Oslo or in Rome?";
    private static final List<ModelEvent> CALLS = List.of(
            new ModelEvent.Text("I will look."),
            new ModelEvent.Call(new ToolCall("call_a1b2c3d4", "weather", "{\"city\":\"Oslo\"}")),
            new ModelEvent.Call(new ToolCall("call_e5f6g7h8", "weather", "{\"city\":\"Rome\"}")));

    private final FakeAnswers answers = new FakeAnswers();
    private TestServer server;

    @BeforeEach
    void start() {
        FakeCatalog catalog = new FakeCatalog();
        SearchingAnswers searching = new SearchingAnswers(answers, new FakeWebSearch(), new QuotedEvidence(3_500));
        server = TestServer.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), new NoOtherForm(), MAX_BODY),
                new OpenAiSurface(answers, catalog, MAX_BODY),
                new ResponsesSurface(answers, searching, catalog, MAX_BODY),
                new AnthropicSurface(answers, searching, catalog, MAX_BODY));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksTheSameOnAllRoutes() {
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), CALLS, FinishReason.TOOL_CALLS));
        ArrayNode chat = userSaid();
        ArrayNode completions = userSaid();
        ArrayNode input = userSaid();
        ArrayNode messages = userSaid();
        List<ChatRequest> asked = new ArrayList<>();

        JsonNode said = askChat(chat, asked).path("message");
        chat.add(said);
        said.path("tool_calls").forEach(call -> chat.addObject()
                .put("role", "tool")
                .put("tool_name", call.at("/function/name").asText())
                .put("tool_call_id", call.path("id").asText())
                .put("content", result(call.at("/function/arguments"))));

        JsonNode message = askCompletions(completions, asked).at("/choices/0/message");
        completions.add(message);
        message.path("tool_calls").forEach(call -> completions
                .addObject()
                .put("role", "tool")
                .put("tool_call_id", call.path("id").asText())
                .put(
                        "content",
                        result(TestClient.parse(call.at("/function/arguments").asText()))));

        JsonNode output = askResponses(input, asked).path("output");
        output.forEach(input::add);
        output.forEach(item -> {
            if (item.path("type").asText().equals("function_call")) {
                input.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", item.path("call_id").asText())
                        .put(
                                "output",
                                result(TestClient.parse(item.path("arguments").asText())));
            }
        });

        JsonNode content = askMessages(messages, asked).path("content");
        messages.addObject().put("role", "assistant").set("content", content);
        ArrayNode results = messages.addObject().put("role", "user").putArray("content");
        content.forEach(block -> {
            if (block.path("type").asText().equals("tool_use")) {
                results.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", block.path("id").asText())
                        .put("content", result(block.path("input")));
            }
        });

        answers.script(FakeAnswers.says("Rome."));
        assertThat(askChat(chat, asked).at("/message/content").asText()).isEqualTo("Rome.");
        assertThat(askCompletions(completions, asked)
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("Rome.");
        assertThat(askResponses(input, asked).at("/output/0/content/0/text").asText())
                .isEqualTo("Rome.");
        assertThat(askMessages(messages, asked).at("/content/0/text").asText()).isEqualTo("Rome.");

        assertThat(asked).hasSize(8);
        assertAlike(asked.subList(0, 4));
        assertAlike(asked.subList(4, 8));
        assertThat(asked.getLast().prompt().toString()).contains("5 degrees in Oslo", "20 degrees in Rome");
    }

    private JsonNode askChat(ArrayNode conversation, List<ChatRequest> asked) {
        ObjectNode body = body("messages", conversation).put("stream", false);
        body.putObject("options").put("num_predict", 50).put("temperature", 0).put("top_p", 0.5);
        function(body.putArray("tools").addObject().put("type", "function").putObject("function"), "parameters");
        return ask("/api/chat", body, asked);
    }

    private JsonNode askCompletions(ArrayNode conversation, List<ChatRequest> asked) {
        ObjectNode body = body("messages", conversation).put("max_tokens", 50);
        body.put("temperature", 0).put("top_p", 0.5);
        function(body.putArray("tools").addObject().put("type", "function").putObject("function"), "parameters");
        return ask("/v1/chat/completions", body, asked);
    }

    private JsonNode askResponses(ArrayNode conversation, List<ChatRequest> asked) {
        ObjectNode body = body("input", conversation).put("max_output_tokens", 50);
        body.put("temperature", 0).put("top_p", 0.5);
        function(body.putArray("tools").addObject().put("type", "function"), "parameters");
        return ask("/v1/responses", body, asked);
    }

    private JsonNode askMessages(ArrayNode conversation, List<ChatRequest> asked) {
        ObjectNode body = body("messages", conversation).put("max_tokens", 50);
        body.put("temperature", 0).put("top_p", 0.5);
        function(body.putArray("tools").addObject(), "input_schema");
        return ask("/v1/messages", body, asked);
    }

    private JsonNode ask(String path, ObjectNode body, List<ChatRequest> asked) {
        JsonNode reply = server.client().post(path, body.toString()).json();
        asked.add(answers.last());
        return reply;
    }

    private static ArrayNode userSaid() {
        ArrayNode conversation = NODES.arrayNode();
        conversation.addObject().put("role", "user").put("content", QUESTION);
        return conversation;
    }

    private static ObjectNode body(String member, ArrayNode conversation) {
        ObjectNode body = NODES.objectNode().put("model", "able");
        body.set(member, conversation);
        return body;
    }

    private static void function(ObjectNode tool, String schema) {
        tool.put("name", "weather").put("description", "Tells the weather.").set(schema, TestClient.parse(SCHEMA));
    }

    private static String result(JsonNode arguments) {
        String city = arguments.path("city").asText();
        return (city.equals("Oslo") ? 5 : 20) + " degrees in " + city;
    }

    private static void assertAlike(List<ChatRequest> requests) {
        ChatRequest first = requests.getFirst();
        for (ChatRequest request : requests) {
            assertThat(request.prompt()).isEqualTo(first.prompt());
            assertThat(request.options()).isEqualTo(first.options());
            assertThat(request.format()).isEqualTo(first.format());
            assertThat(request.tools()).isEqualTo(first.tools());
            assertThat(request.toolChoice()).isEqualTo(first.toolChoice());
            assertThat(request.thinking()).isEqualTo(first.thinking());
            assertThat(request.topLogprobs()).isEqualTo(first.topLogprobs());
            assertThat(request.overflow()).isEqualTo(first.overflow());
            assertThat(request.extra()).isEqualTo(first.extra());
        }
    }

    /** There is no chat of another form here. */
    private static final class NoOtherForm implements BodyForm {
        @Override
        public boolean takes(JsonBody body) {
            return false;
        }

        @Override
        public void answer(Exchange exchange, JsonBody body) {
            throw new IllegalStateException("takes nothing");
        }
    }
}
