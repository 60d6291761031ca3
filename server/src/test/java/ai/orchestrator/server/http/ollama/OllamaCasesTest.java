package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The most telling of Ollama's own tests, over HTTP. Where each is:
 *
 * <table>
 * <caption>Cases</caption>
 * <tr><td>1<td>{@link ListsAndShowTest#saysThatItRuns}
 * <tr><td>2<td>{@link ListsAndShowTest#tellsTheVersionAndNothingElse}
 * <tr><td>3<td>{@link ListsAndShowTest#listsNoModelsAsAnArray}
 * <tr><td>4, 6<td>with {@code /v1/models}
 * <tr><td>5<td>{@link ListsAndShowTest#refusesToShowByGet}
 * <tr><td>7 to 10<td>{@link #refusesWhatNamesNoModel}
 * <tr><td>11<td>{@link ChatTest#loadsTheModelWhereNothingIsAsked}
 * <tr><td>12<td>{@link #unloadsWithoutLoading}
 * <tr><td>13<td>{@link #answersWithSixMetrics}
 * <tr><td>14 to 18<td>{@link #refusesWhatTheModelCannot}
 * <tr><td>15<td>{@link ChatTest#takesThinkFalseOfAnyModel}
 * <tr><td>19<td>{@link #givesAToolCallWhole}
 * <tr><td>20<td>{@link #streamsExactlyOneCompleteToolCall}
 * <tr><td>21, 22<td>{@link #passesOnTheStatusOfAFailureBeforeTheFirstPiece}
 * <tr><td>23<td>{@link FailureTest#endsABrokenStreamWithAnErrorLine}
 * <tr><td>24, 25<td>with the library's endpoints
 * <tr><td>26 to 30<td>with {@code /v1}
 * <tr><td>h2c offered on a POST<td>every test: the client of {@link OllamaFixture} does so by itself
 * <tr><td>keep_alive<td>{@link KeepAliveTest}
 * <tr><td>thinking<td>{@link ChatTest#streamsThinkingBeforeContent}
 * <tr><td>embed<td>{@link EmbedTest}
 * <tr><td>cloud off<td>{@link CloudOffTest}
 * <tr><td>busy<td>{@link #saysThatTheQueueIsFull}
 * <tr><td>tool loop<td>{@link #takesAConversationWithTools}
 * </table>
 */
class OllamaCasesTest extends OllamaFixture {
    private static final String HELLO = "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]";
    private static final String TOOL = """
            {"type":"function","function":{"name":"get_weather","description":"Get the weather","parameters":
             {"type":"object","required":["location"],"properties":{"location":{"type":"string"},
              "unit":{"type":"string","enum":["celsius","fahrenheit"]}}}}}""";
    private static final ToolCall CALL =
            new ToolCall("", "get_weather", "{\"location\":\"Seattle, WA\",\"unit\":\"celsius\"}");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat       | {}                | 400 | model is required
            /api/generate   | {}                | 404 | model '' not found
            /api/chat       |                   | 400 | missing request body
            /api/generate   |                   | 400 | missing request body
            /api/embed      |                   | 400 | missing request body
            /api/embeddings |                   | 400 | missing request body
            /api/show       |                   | 400 | missing request body
            /api/chat       | {"model":"nope"}  | 404 | model 'nope' not found
            /api/chat       | {"model":"nope","messages":[{"role":"user","content":"x"}]} | 404 | model 'nope' not found
            /api/show       | {}                | 400 | model is required
            /api/show       | {"name":"nope"}   | 404 | model 'nope:latest' not found
            /api/show       | {"model":"a b"}   | 400 | invalid model name
            """)
    void refusesWhatNamesNoModel(String path, String body, int status, String error) {
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "not found")));
        Reply reply = client.post(path, body == null ? "" : body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    @Test
    void unloadsWithoutLoading() {
        Reply reply = client.post("/api/generate", "{\"model\":\"test\",\"keep_alive\":0}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("done_reason").asText()).isEqualTo("unload");
        assertThat(catalog.calls).containsExactly("unload test:latest");
    }

    @Test
    void answersWithSixMetrics() {
        JsonNode body = client.post("/api/chat", HELLO + ",\"stream\":false}").json();

        assertThat(body.path("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi!\"}");
        assertThat(body.path("done_reason").asText()).isEqualTo("stop");
        assertThat(List.of(
                        "total_duration",
                        "load_duration",
                        "prompt_eval_count",
                        "prompt_eval_duration",
                        "eval_count",
                        "eval_duration"))
                .allSatisfy(metric -> assertThat(body.path(metric).asLong()).isPositive());
        assertThat(body.path("prompt_eval_cached_count").isInt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat     | {"model":"test","messages":[{"role":"user"}],"think":true}   | "test" does not support thinking
            /api/generate | {"model":"test","prompt":"x","think":"high"}                 | "test" does not support thinking
            /api/chat     | {"model":"bert","messages":[{"role":"user"}]}                | "bert" does not support chat
            /api/generate | {"model":"bert","prompt":"x"}                                | "bert" does not support generate
            /api/generate | {"model":"test","prompt":"x","suffix":"y"}                   | registry.ollama.ai/library/test:latest does not support insert
            /api/chat     | {"model":"test","messages":[{}],"logprobs":true,"top_logprobs":21} | top_logprobs must be between 0 and 20
            /api/generate | {"model":"nope","prompt":"x","top_logprobs":-1}              | top_logprobs must be between 0 and 20
            /api/chat     | {"model":"able:local:cloud"}                                 | use either :local or :cloud, not both
            /api/generate | {"model":"able:x-cloud:local","prompt":"x"}                  | use either :local or :cloud, not both
            /api/embed    | {"model":"bert:cloud:local","input":"x"}                     | use either :local or :cloud, not both
            /api/show     | {"model":"able:local:cloud"}                                 | use either :local or :cloud, not both
            /api/chat     | {"model":"test","messages":[{}],"_debug_render_only":true}   | _debug_render_only is not supported
            """)
    void refusesWhatTheModelCannot(String path, String body, String error) {
        Reply reply = client.post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "true, ON",
        "false, OFF",
        "\"low\", LOW",
        "\"medium\", MEDIUM",
        "\"high\", HIGH",
        "\"max\", MAX",
        "null, UNSET"
    })
    void readsThinkInEveryForm(String think, Thinking expected) {
        client.post("/api/chat", "{\"model\":\"able\",\"messages\":[{}],\"think\":" + think + "}");
        assertThat(answers.last().thinking()).isEqualTo(expected);

        client.post("/api/generate", "{\"model\":\"able\",\"prompt\":\"x\",\"think\":" + think + "}");
        assertThat(answers.last().thinking()).isEqualTo(expected);
    }

    @Test
    void givesAToolCallWhole() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Call(CALL)), FinishReason.TOOL_CALLS));
        JsonNode message = client.post(
                        "/api/chat", "{\"model\":\"able\",\"messages\":[{}],\"stream\":false,\"tools\":[" + TOOL + "]}")
                .json()
                .path("message");

        assertThat(message.path("content").asText()).isEmpty();
        assertThat(message.path("tool_calls")).hasSize(1);
        assertThat(message.path("tool_calls").path(0).path("id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(message.path("tool_calls").path(0).path("function").toString())
                .isEqualTo("{\"index\":0,\"name\":\"get_weather\","
                        + "\"arguments\":{\"location\":\"Seattle, WA\",\"unit\":\"celsius\"}}");
    }

    @Test
    void streamsExactlyOneCompleteToolCall() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(new ModelEvent.Think("Hm."), new ModelEvent.Call(CALL)),
                FinishReason.TOOL_CALLS));
        List<JsonNode> lines = client.post(
                        "/api/chat", "{\"model\":\"able\",\"messages\":[{}],\"tools\":[" + TOOL + "]}")
                .lines();

        assertThat(lines)
                .filteredOn(line -> line.path("message").has("tool_calls"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("message").path("content").asText()).isEmpty();
                    assertThat(line.path("message").path("tool_calls")).hasSize(1);
                });
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void takesAConversationWithTools() {
        client.post("/api/chat", """
                {"model":"able","tools":[%s],"messages":[
                 {"role":"user","content":"How warm is it?"},
                 {"role":"assistant","content":"","thinking":"I ask.","tool_calls":[{"id":"call_k3x9a1bq","function":
                  {"index":0,"name":"get_weather","arguments":{"location":"Seattle, WA"}}}]},
                 {"role":"tool","content":"12 degrees","tool_name":"get_weather"},
                 {"role":"developer","content":"Be brief."}]}""".formatted(TOOL));

        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("user", "How warm is it?"),
                        new Message(
                                "assistant",
                                "",
                                "I ask.",
                                List.of(),
                                List.of(new ToolCall("call_k3x9a1bq", "get_weather", "{\"location\":\"Seattle, WA\"}")),
                                "",
                                ""),
                        new Message("tool", "12 degrees", "", List.of(), List.of(), "get_weather", ""),
                        Message.of("developer", "Be brief."))));
        assertThat(answers.last().tools().getFirst().name()).isEqualTo("get_weather");
    }

    @ParameterizedTest
    @CsvSource({"OVERLOADED, 503, model is overloaded", "RATE_LIMITED, 429, rate limit exceeded"})
    void passesOnTheStatusOfAFailureBeforeTheFirstPiece(FailureCode code, int status, String message) {
        answers.script(FakeAnswers.fails(new PluginFailure.Retriable(code, message)));

        for (String stream : List.of("true", "false")) {
            Reply reply = client.post("/api/chat", HELLO + ",\"stream\":" + stream + "}");
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEqualTo("{\"error\":\"" + message + "\"}");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
        }
    }

    @Test
    void saysThatTheQueueIsFull() {
        answers.script(FakeAnswers.fails(new PluginFailure.Retriable(
                FailureCode.OVERLOADED,
                "server busy, please try again.  maximum pending requests exceeded",
                Duration.ofSeconds(1))));
        Reply reply = client.post("/api/chat", HELLO + "}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body())
                .isEqualTo("{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/octet-stream",
                "multipart/form-data; boundary=x",
                "not a type"
            })
    void readsJsonWhateverTheTypeSays(String type) {
        Reply reply = client.post(
                "/api/chat", HELLO + "}", "Content-Type", type, "Accept", "application/json", "User-Agent", "x/1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void redirectsASlashTooMany() {
        Reply get = client.get("/api/tags/");
        Reply post = client.post("/api/chat/", HELLO + "}");

        assertThat(get.status()).isEqualTo(301);
        assertThat(get.header("Location")).isEqualTo("/api/tags");
        assertThat(post.status()).isEqualTo(307);
        assertThat(post.header("Location")).isEqualTo("/api/chat");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/chat, POST",
        "GET, /api/generate, POST",
        "POST, /api/version, 'GET, HEAD'",
        "HEAD, /api/ps, GET",
        "DELETE, /api/tags, 'GET, HEAD'",
        "GET, /api/experimental/web_search, POST",
    })
    void namesTheMethodsOfAPath(String method, String path, String allowed) {
        Reply reply = client.send(method, path, BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain");
        assertThat(reply.body()).isEqualTo(method.equals("HEAD") ? "" : "405 method not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/version", "/api/tags"})
    void answersHeadWithoutABody(String path) {
        Reply reply = client.send("HEAD", path, BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Type")).isEqualTo(client.get(path).header("Content-Type"));
    }
}
