package ai.orchestrator.server.http.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyChatTest extends LegacyFixture {
    private static final String CONVERSATION = "6f1c6a32-0c3d-4c5f-9a55-2f8f3f0f5a11";

    @Test
    void answersAMessage() {
        Instant before = Instant.now();
        Reply reply = client.post("/api/chat", "{\"message\":\"Hello\"}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly("response", "conversation_id", "timestamp", "cache_hit", "cache_source");
        assertThat(body.path("response").asText()).isEqualTo("Hi!");
        assertThat(UUID.fromString(body.path("conversation_id").asText())).isNotNull();
        assertThat(Instant.parse(body.path("timestamp").asText())).isBetween(before, Instant.now());
        assertThat(body.path("cache_hit").asBoolean()).isFalse();
        assertThat(body.path("cache_source").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"message":3}                            | 'message' must be a string, not a number
                    {"message":["Hello"],"temperature":0.5}  | 'message' must be a string, not an array
                    {"message":"Hello","max_tokens":1.5}     | 'max_tokens' must be a whole number
                    {"message":"Hello","model":"bert"}   | "bert" does not support chat
                    """)
    void refusesInItsOwnShapeWhatOnlyItsClientsSend(String body, String details) {
        Reply reply = client.post("/api/chat", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo("Invalid request");
        assertThat(reply.json().path("details").asText()).isEqualTo(details);
    }

    @Test
    void fillsInTheOldDefaults() {
        client.post("/api/chat", "{\"message\":\"Hello\",\"conversation_id\":null}");
        ChatRequest request = answers.last();

        assertThat(request.routed()).isTrue();
        assertThat(request.prompt()).isEqualTo(Prompt.user("Hello"));
        assertThat(request.options())
                .isEqualTo(SamplingOptions.builder()
                        .temperature(0.7)
                        .topP(0.9)
                        .numPredict(2048)
                        .build());
        assertThat(request.extra()).isEmpty();
        assertThat(request.cacheControl().noCache()).isFalse();
        assertThat(request.stream()).isFalse();
    }

    @Test
    void takesWhatIsGiven() {
        Reply reply = client.post(
                "/api/chat",
                "{\"message\":\"Hello\",\"conversation_id\":\"" + CONVERSATION
                        + "\",\"model\":\"test\",\"temperature\":0,\"max_tokens\":5,\"cache_bypass\":true}");

        assertThat(reply.json().path("conversation_id").asText()).isEqualTo(CONVERSATION);
        assertThat(answers.last().model()).isEqualTo("test");
        assertThat(answers.last().options().temperature()).contains(0.0);
        assertThat(answers.last().options().numPredict()).contains(5);
        assertThat(answers.last().cacheControl().noCache()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TinyLlama/TinyLlama-1.1B-Chat-v1.0", "no such model"})
    void choosesAModelWhereItHasNotTheOneThatIsNamed(String model) {
        client.post("/api/chat", "{\"message\":\"Hello\",\"model\":\"" + model + "\"}");

        assertThat(answers.last().routed()).isTrue();
    }

    @Test
    void tellsWhereAHitCameFrom() {
        answers.script(FakeAnswers.events(FakeAnswers.start(CacheStatus.HIT), List.of(new ModelEvent.Text("Hi"))));
        Reply reply = client.post("/api/chat", "{\"message\":\"Hello\",\"conversation_id\":\"" + CONVERSATION + "\"}");

        assertThat(reply.json().path("cache_hit").asBoolean()).isTrue();
        assertThat(reply.json().path("cache_source").asText()).isEqualTo("memory");
        assertThat(reply.json().path("conversation_id").asText()).isEqualTo(CONVERSATION);
        assertThat(reply.header("X-Cache")).isEqualTo("HIT");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,',\"stream\":true'",
        "text/event-stream,''",
        "application/x-ndjson,',\"stream\":false'",
        "application/jsonl,''"
    })
    void streamsWhereTheBodyOrTheHeaderAsksForIt(String accept, String member) {
        answers.script(FakeAnswers.says("He", "llo"));
        Reply reply = client.post("/api/chat", "{\"message\":\"Hello\"" + member + "}", "Accept", accept);
        List<JsonNode> lines = reply.lines();

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("He", "llo", "");
        assertThat(lines.getFirst().fieldNames())
                .toIterable()
                .containsExactly("model", "created_at", "response", "done");
        assertThat(lines.getLast().fieldNames())
                .toIterable()
                .containsExactly(
                        "model", "created_at", "response", "done", "cache_hit", "cache_source", "conversation_id");
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.getLast().path("cache_source").isNull()).isTrue();
    }

    @Test
    void answersBareTextWhereThatIsAskedFor() {
        Reply reply = client.post("/api/chat", "{\"message\":\"Hello\"}", "Accept", "text/plain");

        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.body()).isEqualTo("Hi!");
    }

    @Test
    void answersJsonToAClientThatTakesBoth() {
        assertThat(client.post("/api/chat", "{\"message\":\"Hello\"}", "Accept", "application/json, text/plain, */*")
                        .json()
                        .has("response"))
                .isTrue();
    }

    @Test
    void leavesABodyWithMessagesToOllama() {
        Reply reply = client.post(
                "/api/chat",
                "{\"model\":\"test\",\"message\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                        + "\"stream\":false}");

        assertThat(reply.json().has("done")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"message":" "}                              | 'message' must not be empty
                    {"message":"x","conversation_id":"abc"}      | 'conversation_id' must be a UUID
                    {"message":"x","conversation_id":5}          | 'conversation_id' must be a string, not a number
                    {"message":"x","temperature":"hot"}          | 'temperature' must be a number, not a string
                    {"message":"x","temperature":2.1}            | 'temperature' must be between 0 and 2
                    {"message":"x","max_tokens":0}               | 'max_tokens' must be at least 1
                    {"message":"x","max_tokens":1.5}             | 'max_tokens' must be a whole number
                    {"message":"x","cache_bypass":"yes"}         | 'cache_bypass' must be a boolean, not a string
                    {"message":"x","stream":1}                   | 'stream' must be a boolean, not a number
                    """)
    void refusesWhatIsWrong(String body, String details) {
        Reply reply = client.post("/api/chat", body.replace("''", "'"));

        assertThat(reply.json().path("details").asText()).isEqualTo(details);
        assertThat(reply.json().path("error").asText()).isEqualTo("Invalid request");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(answers.count()).isZero();
    }

    @Test
    void refusesABodyOverTheOldLimit() {
        Reply reply = client.post("/api/chat", "{\"message\":\"" + "x".repeat(100_000) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("error").asText()).isEqualTo("Invalid request");
        assertThat(reply.json().path("details").asText()).isEqualTo("request body is larger than 100000 bytes");
    }

    @Test
    void tellsThatNoModelAnswered() {
        answers.script(FakeAnswers.fails(new PluginFailure.Permanent(FailureCode.INTERNAL, "the model died")));

        for (String member : new String[] {"", ",\"stream\":true"}) {
            Reply reply = client.post("/api/chat", "{\"message\":\"x\"" + member + "}");
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body())
                    .isEqualTo("{\"error\":\"Failed to process chat request\",\"details\":\"the model died\"}");
        }
    }

    @Test
    void endsABrokenStreamWithAnErrorLine() {
        answers.script(FakeAnswers.breaksOff(new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model died")));
        Reply reply = client.post("/api/chat", "{\"message\":\"x\",\"stream\":true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.lines().getLast().toString())
                .isEqualTo("{\"error\":\"Failed to process chat request\",\"details\":\"the model died\"}");
    }

    @Test
    void keepsTheStreamAliveWhileTheModelThinks() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Think("hm"), new ModelEvent.Text("Hi"))));
        List<JsonNode> lines =
                client.post("/api/chat", "{\"message\":\"x\",\"stream\":true}").lines();

        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("", "Hi", "");
    }
}
