package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTest extends OllamaFixture {
    private static final String HELLO = "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    @Test
    void answersWhole() {
        Instant before = Instant.now();
        Reply reply = client.post("/api/chat", HELLO + ",\"stream\":false}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body()).doesNotEndWith("\n");
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "created_at",
                        "message",
                        "done",
                        "done_reason",
                        "total_duration",
                        "load_duration",
                        "prompt_eval_count",
                        "prompt_eval_cached_count",
                        "prompt_eval_duration",
                        "eval_count",
                        "eval_duration");
        assertThat(body.path("model").asText()).isEqualTo("test");
        assertThat(Instant.parse(body.path("created_at").asText())).isBetween(before, Instant.now());
        assertThat(body.path("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi!\"}");
        assertThat(body.path("done").asBoolean()).isTrue();
        assertThat(body.path("done_reason").asText()).isEqualTo("stop");
        assertThat(body.path("total_duration").asLong()).isPositive();
        assertThat(body.path("load_duration").asLong()).isEqualTo(100_000_000);
        assertThat(body.path("prompt_eval_count").asLong()).isEqualTo(11);
        assertThat(body.path("prompt_eval_cached_count").asLong()).isEqualTo(3);
        assertThat(body.path("prompt_eval_duration").asLong()).isEqualTo(13_000_000);
        assertThat(body.path("eval_count").asLong()).isEqualTo(2);
        assertThat(body.path("eval_duration").asLong()).isEqualTo(52_000_000);
    }

    @Test
    void streamsUnlessToldOtherwise() {
        answers.script(FakeAnswers.says("He", "llo"));
        Reply reply = client.post("/api/chat", HELLO + "}");
        List<JsonNode> lines = reply.lines();

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(reply.body()).endsWith("}\n").doesNotContain("\n\n").doesNotContain("null");
        assertThat(lines)
                .extracting(line -> line.path("message").path("content").asText())
                .containsExactly("He", "llo", "");
        assertThat(lines).extracting(line -> line.path("done").asBoolean()).containsExactly(false, false, true);
        assertThat(lines.getFirst().fieldNames())
                .toIterable()
                .containsExactly("model", "created_at", "message", "done");
        assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("stop");
        assertThat(lines.getLast().path("eval_count").asLong()).isEqualTo(2);
        assertThat(lines.getLast().has("context")).isFalse();
    }

    @Test
    void streamsThinkingBeforeContent() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(new ModelEvent.Think("Let me"), new ModelEvent.Text("42"))));
        List<JsonNode> lines = client.post("/api/chat", HELLO + "}").lines();

        assertThat(lines.get(0).path("message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Let me\"}");
        assertThat(lines.get(1).path("message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"42\"}");
    }

    @Test
    void gathersThinkingAndContent() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(
                        new ModelEvent.Think("Let "),
                        new ModelEvent.Think("me"),
                        new ModelEvent.Text("4"),
                        new ModelEvent.Text("2")),
                FinishReason.LENGTH));
        JsonNode body = client.post("/api/chat", HELLO + ",\"stream\":false}").json();

        assertThat(body.path("message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"42\",\"thinking\":\"Let me\"}");
        assertThat(body.path("done_reason").asText()).isEqualTo("length");
    }

    @Test
    void givesToolCallsWithObjectsAsArguments() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS),
                List.of(
                        new ModelEvent.Call(new ToolCall("", "weather", "{\"unit\":\"celsius\",\n\"at\":\"Seattle\"}")),
                        new ModelEvent.Call(new ToolCall("call_k3x9a1bq", "time", "{}"))),
                FinishReason.TOOL_CALLS));
        JsonNode whole = client.post("/api/chat", HELLO + ",\"stream\":false}").json();
        List<JsonNode> lines = client.post("/api/chat", HELLO + "}").lines();

        JsonNode first = whole.path("message").path("tool_calls").path(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("id", "function");
        assertThat(first.path("id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(first.path("function").toString())
                .isEqualTo(
                        "{\"index\":0,\"name\":\"weather\",\"arguments\":{\"unit\":\"celsius\",\"at\":\"Seattle\"}}");
        assertThat(whole.path("message").path("tool_calls").path(1).toString())
                .isEqualTo("{\"id\":\"call_k3x9a1bq\",\"function\":{\"index\":1,\"name\":\"time\",\"arguments\":{}}}");
        assertThat(whole.path("done_reason").asText()).isEqualTo("stop");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)
                        .path("message")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("index")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void refusesToolCallsThatAreNoObjects() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Call(new ToolCall("", "weather", "[1")))));

        assertThat(client.post("/api/chat", HELLO + ",\"stream\":false}").status())
                .isEqualTo(502);
        assertThat(client.post("/api/chat", HELLO + "}").status()).isEqualTo(502);
    }

    @Test
    void loadsTheModelWhereNothingIsAsked() {
        Reply reply = client.post("/api/chat", "{\"model\":\"test\",\"keep_alive\":\"5m\"}");

        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body())
                .matches("\\{\"model\":\"test\",\"created_at\":\"[^\"]+Z\",\"message\":"
                        + "\\{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}");
        assertThat(catalog.calls).containsExactly("load test:latest PT5M");
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed", "/api/embeddings"})
    void loadsTheModelForTheContextThatIsAskedFor(String path) {
        catalog.models.add(FakeCatalog.model("both:latest", Capability.COMPLETION, Capability.EMBEDDING));
        client.post(path, "{\"model\":\"both\",\"options\":{\"num_ctx\":8192}}");

        assertThat(catalog.calls).containsExactly("load both:latest default for 8192");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate"})
    void looksAtTypesBeforeTheModelAndAlsoWhereNothingIsAsked(String path) {
        for (String member : List.of(
                "\"options\":[]",
                "\"options\":\"x\"",
                "\"truncate\":1",
                "\"shift\":\"no\"",
                "\"logprobs\":1",
                "\"top_logprobs\":1.5")) {
            Reply unknown = client.post(path, "{\"model\":\"nope\"," + member + "}");
            assertThat(unknown.status()).as(unknown.body()).isEqualTo(400);
            assertThat(unknown.body()).contains("json: cannot unmarshal");
            assertThat(client.post(path, "{\"model\":\"test\"," + member + "}").body())
                    .isEqualTo(unknown.body());
        }
        Reply hot = client.post(path, "{\"model\":\"test\",\"options\":{\"temperature\":\"hot\"}}");
        assertThat(hot.status()).isEqualTo(500);
        assertThat(hot.body()).isEqualTo("{\"error\":\"option \\\"temperature\\\" must be of type float32\"}");
        assertThat(catalog.calls).isEmpty();
    }

    @Test
    void unloadsTheModelWhereNothingIsAskedAndNothingKept() {
        Reply reply = client.post("/api/chat", "{\"model\":\"test\",\"messages\":[],\"keep_alive\":0}");

        assertThat(reply.json().path("done_reason").asText()).isEqualTo("unload");
        assertThat(catalog.calls).containsExactly("unload test:latest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                          | 400 | model is required
                    {"model":null}                                              | 400 | model is required
                    {"model":"a b","messages":[{"role":"user"}]}                | 400 | invalid model name
                    {"model":"nope"}                                            | 404 | model 'nope' not found
                    {"model":"smollm2:135m"}                                    | 404 | model 'smollm2:135m' not found: its file is not in models
                    {"model":"bert","messages":[{"role":"user"}]}               | 400 | "bert" does not support chat
                    {"model":"test","think":true,"messages":[{"role":"user"}]}  | 400 | "test" does not support thinking
                    {"model":"test","think":"z"}                                | 400 | invalid think value: "z" (must be "high", "medium", "low", "max", true, or false)
                    {"model":"test","top_logprobs":21}                          | 400 | top_logprobs must be between 0 and 20
                    {"model":"nope","top_logprobs":-1}                          | 400 | top_logprobs must be between 0 and 20
                    {"model":"test","tools":[{"type":"function"}]}              | 400 | registry.ollama.ai/library/test:latest does not support tools
                    {"model":"test","messages":[{"images":["aGk="]}]}           | 400 | Multimodal data provided, but model does not support multimodal requests.
                    {"model":"test","messages":[{"images":["a!k="]}]}           | 400 | illegal base64 data at input byte 1
                    {"model":"test","stream":"yes"}                             | 400 | json: cannot unmarshal string into Go struct field ChatRequest.stream of type bool
                    {"model":"test","messages":[{"content":["a"]}]}             | 400 | json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string
                    {"model":"test","messages":"hi"}                            | 400 | json: cannot unmarshal string into Go struct field ChatRequest.messages of type []interface {}
                    {"model":"test","keep_alive":"300"}                         | 400 | time: missing unit in duration "300"
                    {"model":"test","keep_alive":true}                          | 400 | 'keep_alive' must be a number of seconds or a duration such as "5m"
                    {"model":"test","messages":[{}],"options":{"temperature":"hot"}}| 500 | option "temperature" must be of type float32
                    {"model":"test","messages":[{}],"options":[]}               | 400 | json: cannot unmarshal array into Go struct field ChatRequest.options of type map[string]interface {}
                    {"model":"test","messages":[{}],"format":"yaml"}            | 500 | invalid format: "\\"yaml\\""; expected "json" or a valid JSON Schema object
                    {"model":"test"                                             | 400 | unexpected EOF
                    hello                                                       | 400 | invalid character 'h' looking for beginning of value
                    []                                                          | 400 | the request body must be a JSON object, not an array
                    """)
    void refusesWhatIsWrong(String body, int status, String message) {
        Reply reply = client.post("/api/chat", body);

        assertThat(reply.json().path("error").asText()).isEqualTo(message.replace("\\\\", "\\"));
        assertThat(reply.json().size()).isEqualTo(1);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answers.count()).isZero();
    }

    @Test
    void refusesAnEmptyBody() {
        assertThat(client.post("/api/chat", "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(client.post("/api/chat", " \n").status()).isEqualTo(400);
    }

    @Test
    void refusesABodyOverTheLimit() {
        Reply reply = client.post("/api/chat", HELLO + ",\"x\":\"" + "x".repeat((int) MAX_BODY) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("{\"error\":\"request body is larger than 1000000 bytes\"}");
    }

    @Test
    void takesThinkFalseOfAnyModel() {
        assertThat(client.post("/api/chat", HELLO + ",\"think\":false}").status())
                .isEqualTo(200);
        assertThat(answers.last().thinking()).isEqualTo(Thinking.OFF);
    }

    @Test
    void readsBodiesAsLenientlyAsGo() {
        Reply reply = client.post(
                "/api/chat",
                "{\"MODEL\":\"TEST\",\"Messages\":[{\"Role\":\"USER\",\"content\":\"a\\ud800b\"}],\"options\":null,"
                        + "\"format\":null,\"stream\":false} and more",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/event-stream");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("model").asText()).isEqualTo("TEST");
        assertThat(answers.last().prompt()).isEqualTo(Prompt.user("a\uFFFDb"));
    }

    @Test
    void givesThePipelineAllThatWasAsked() {
        client.post(
                "/api/chat",
                """
                {"model":"able","stream":false,"keep_alive":-1,"think":"high","truncate":true,"shift":true,"logprobs":true,"top_logprobs":2,
                 "messages":[{"role":"system","content":"Be brief."},
                  {"role":"user","content":"Look","images":["aGk="]},
                  {"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{"b":1,"a":2}}}]},
                  {"role":"tool","content":"3","tool_name":"f","tool_call_id":"c1"}],
                 "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],
                 "format":{"type":"object","properties":{"z":{},"a":{}}},
                 "options":{"temperature":0,"num_predict":7,"stop":["x"],"seed":9,"mirostat":1.0,"use_mmap":true},
                 "user":"somebody","novel":{"b":1.50,"a":[1e2]}}
                """,
                "Cache-Control",
                "no-cache, max-age=60",
                "X-Cache-Tags",
                "docs, v1",
                "X-Team",
                "blue",
                "Authorization",
                "Bearer secret",
                "X-Request-Id",
                "mine");
        ChatRequest request = answers.last();

        assertThat(request.requestId()).isEqualTo("mine");
        assertThat(request.model()).isEqualTo("able");
        Prompt.Chat prompt = (Prompt.Chat) request.prompt();
        assertThat(prompt.messages()).extracting(Message::role).containsExactly("system", "user", "assistant", "tool");
        assertThat(prompt.messages().get(1).images().getFirst().data())
                .asString()
                .isEqualTo("hi");
        assertThat(prompt.messages().get(2).toolCalls()).containsExactly(new ToolCall("c1", "f", "{\"b\":1,\"a\":2}"));
        assertThat(prompt.messages().get(3).toolName()).isEqualTo("f");
        assertThat(prompt.messages().get(3).toolCallId()).isEqualTo("c1");
        assertThat(request.tools()).containsExactly(new ToolDefinition("f", "d", "{\"type\":\"object\"}"));
        assertThat(request.format())
                .isEqualTo(new ResponseFormat.JsonSchema("{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}}}"));
        assertThat(request.thinking()).isEqualTo(Thinking.HIGH);
        assertThat(request.keepAlive())
                .hasValueSatisfying(time -> assertThat(time).isNegative());
        assertThat(request.options().temperature()).contains(0.0);
        assertThat(request.options().numPredict()).contains(7);
        assertThat(request.options().seed()).contains(9L);
        assertThat(request.options().stop()).containsExactly("x");
        assertThat(request.options().other()).containsOnly(Map.entry("mirostat", "1"), Map.entry("use_mmap", "true"));
        assertThat(request.topLogprobs()).hasValue(2);
        assertThat(request.overflow()).isEqualTo(new Overflow(true, true));
        assertThat(request.extra()).containsOnly(Map.entry("novel", "{\"a\":[100],\"b\":1.5}"));
        assertThat(request.cacheControl().noCache()).isTrue();
        assertThat(request.cacheControl().maxAge()).contains(Duration.ofMinutes(1));
        assertThat(request.cacheControl().tags()).containsExactlyInAnyOrder("docs", "v1");
        assertThat(request.caller().headers()).containsEntry("x-team", "blue").doesNotContainKey("authorization");
        assertThat(request.stream()).isFalse();
    }

    @Test
    void leavesTheChoiceOfAModelThatCanToTheRules() {
        assertThat(client.post(
                                "/api/chat",
                                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"images\":[\"aGk=\"]}],"
                                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}")
                        .status())
                .isEqualTo(200);
        assertThat(answers.last().routed()).isTrue();
    }

    @Test
    void tellsWhereARemoteAnswerCameFrom() {
        AnswerStart local = FakeAnswers.start(CacheStatus.MISS);
        AnswerStart remote = new AnswerStart(
                local.cache(),
                local.tier(),
                local.age(),
                local.key(),
                "openai/gpt-4o-mini:latest",
                Optional.of(new RemoteOrigin("openai/gpt-4o-mini", "https://openrouter.ai")),
                "cloud\nX-Evil: 1",
                "3 results für searxng",
                List.of());
        answers.script(FakeAnswers.events(remote, List.of(new ModelEvent.Text("Hi"))));
        Reply reply = client.post("/api/chat", HELLO + "}");

        assertThat(reply.body())
                .startsWith("{\"model\":\"test\",\"remote_model\":\"openai/gpt-4o-mini\","
                        + "\"remote_host\":\"https://openrouter.ai\",\"created_at\":");
        assertThat(reply.header("X-Model")).isEqualTo("openai/gpt-4o-mini:latest");
        assertThat(reply.header("X-Route")).isEqualTo("cloud?X-Evil: 1");
        assertThat(reply.header("X-Search")).isEqualTo("3 results f?r searxng");
    }

    @Test
    void tellsInHeadersHowAHitCameAbout() {
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.HIT), List.of(new ModelEvent.Text("Hi"))));
        Reply whole = client.post("/api/chat", HELLO + ",\"stream\":false}");
        Reply stream = client.post("/api/chat", HELLO + "}");

        for (Reply reply : List.of(whole, stream)) {
            assertThat(reply.header("X-Cache")).isEqualTo("HIT");
            assertThat(reply.header("X-Cache-Tier")).isEqualTo("memory");
            assertThat(reply.header("X-Cache-Key")).isEqualTo("00000000000000010000000000000002");
            assertThat(reply.header("Age")).isEqualTo("7");
            assertThat(reply.header("X-Route")).isEqualTo("local");
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.header("X-Search")).isEmpty();
        }
        assertThat(whole.header("X-Cost-Usd")).isEqualTo("0.0012");
        assertThat(whole.header("X-Overhead-Ms")).isEqualTo("1.500");
        assertThat(stream.header("X-Cost-Usd")).isEmpty();
        assertThat(stream.lines()).hasSize(2);
        assertThat(stream.lines().getLast().path("eval_duration").asLong()).isPositive();
    }
}
