package ai.orchestrator.server.http.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredEndpointsTest extends LegacyFixture {
    private static final String ANALYSIS =
            "{\"analysis\":\"The disk is full.\",\"issues\":[\"No space left\"],\"recommendations\":[\"Free space\",\" \"],"
                    + "\"severity\":\"high\",\"confidence\":85}";
    private static final String SCRIPT =
            "{\"script\":\"df -h\\n\",\"explanation\":\"Shows free space.\",\"safety_warnings\":[]}";

    @Test
    void analyzesLogs() {
        answers.script(FakeAnswers.says(ANALYSIS.substring(0, 20), ANALYSIS.substring(20)));
        Reply reply = client.post("/api/analyze-logs", "{\"logs\":\"ENOSPC\",\"context\":\"build server\"}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly("analysis", "issues", "recommendations", "severity", "confidence", "timestamp");
        assertThat(body.path("analysis").asText()).isEqualTo("The disk is full.");
        assertThat(body.path("issues").toString()).isEqualTo("[\"No space left\"]");
        assertThat(body.path("recommendations").toString()).isEqualTo("[\"Free space\"]");
        assertThat(body.path("severity").asText()).isEqualTo("high");
        assertThat(body.path("confidence").asDouble()).isEqualTo(0.85);
        assertThat(Instant.parse(body.path("timestamp").asText())).isNotNull();
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
    }

    @Test
    void asksTheRulesModelUnderASchema() {
        answers.script(FakeAnswers.says(ANALYSIS));
        client.post("/api/analyze-logs", "{\"logs\":\"ENOSPC\",\"context\":\"build server\"}");

        assertThat(answers.last().routed()).isTrue();
        assertThat(answers.last().options().temperature())
                .hasValueSatisfying(t -> assertThat(t).isLessThan(0.5));
        assertThat(answers.last().format())
                .isInstanceOfSatisfying(ResponseFormat.JsonSchema.class, format -> assertThat(format.schema())
                        .startsWith("{\"type\":\"object\"")
                        .contains("\"maxLength\"", "\"maxItems\""));
        assertThat(messages().getLast().content()).contains("ENOSPC", "build server");
    }

    @Test
    void keepsBothEndsOfLongLogs() {
        answers.script(FakeAnswers.says(ANALYSIS));
        StringBuilder logs = new StringBuilder("first line\\n");
        for (int i = 0; i < 2000; i++) {
            logs.append("line ").append(i).append("\\n");
        }
        client.post("/api/analyze-logs", "{\"logs\":\"" + logs + "last line\"}");
        String asked = messages().getLast().content();

        assertThat(asked).contains("first line\n", "\nlast line", "\nline 1999\n", "characters left out");
        assertThat(asked).hasSizeLessThan(5200).doesNotContain("line 1000\n");
    }

    @Test
    void writesScripts() {
        answers.script(FakeAnswers.says(SCRIPT));
        Reply reply = client.post(
                "/api/generate-script",
                "{\"requirement\":\"show free space\",\"environment\":\"macos\",\"language\":\"python\"}");
        JsonNode body = reply.json();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly("script", "language", "environment", "explanation", "safety_warnings", "timestamp");
        assertThat(body.path("script").asText()).isEqualTo("df -h");
        assertThat(body.path("language").asText()).isEqualTo("python");
        assertThat(body.path("environment").asText()).isEqualTo("macos");
        assertThat(body.path("safety_warnings").toString()).isEqualTo("[]");
        assertThat(messages().getLast().content()).contains("python", "macos", "show free space");
    }

    @Test
    void takesTypeForEnvironment() {
        answers.script(FakeAnswers.says(SCRIPT));

        assertThat(client.post("/api/generate-script", "{\"requirement\":\"x\",\"type\":\"windows\"}")
                        .json()
                        .path("language")
                        .asText())
                .isEqualTo("powershell");
        assertThat(client.post("/api/generate-script", "{\"requirement\":\"x\"}")
                        .json()
                        .path("environment")
                        .asText())
                .isEqualTo("linux");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The disk is full.",
                "{\"analysis\":\"x\"}",
                "{\"analysis\":\" \",\"issues\":[],\"recommendations\":[],\"severity\":\"low\",\"confidence\":1}",
                "{\"analysis\":\"x\",\"issues\":[],\"recommendations\":[],\"severity\":\"bad\",\"confidence\":1}",
                "{\"analysis\":\"x\",\"issues\":[],\"recommendations\":[],\"severity\":\"low\",\"confidence\":101}",
                "{\"analysis\":\"x\",\"issues\":[1],\"recommendations\":[],\"severity\":\"low\",\"confidence\":1}",
                "{\"analysis\":\"x\",\"issues\":\"y\",\"recommendations\":[],\"severity\":\"low\",\"confidence\":1}",
                ANALYSIS + " and more",
                "```json\n" + ANALYSIS + "\n```"
            })
    void takesNothingThatIsNotTheFormAndAsksOnceMore(String answer) {
        AtomicInteger tries = new AtomicInteger();
        answers.script((request, sink) -> FakeAnswers.says(tries.getAndIncrement() == 0 ? answer : ANALYSIS)
                .play(request, sink));

        assertThat(client.post("/api/analyze-logs", "{\"logs\":\"x\"}").status())
                .isEqualTo(200);
        assertThat(tries).hasValue(2);
        assertThat(answers.last().cacheControl().noCache()).isTrue();
    }

    @Test
    void givesUpAfterTheSecondTry() {
        answers.script(FakeAnswers.events(
                FakeAnswers.start(CacheStatus.MISS), List.of(new ModelEvent.Text(ANALYSIS)), FinishReason.LENGTH));
        Reply logs = client.post("/api/analyze-logs", "{\"logs\":\"x\"}");
        Reply script = client.post("/api/generate-script", "{\"requirement\":\"x\"}");

        assertThat(logs.status()).isEqualTo(500);
        assertThat(logs.json().path("error").asText()).isEqualTo("Failed to analyze logs");
        assertThat(logs.json().path("details").asText())
                .isEqualTo("The model's answer was not of the form that was asked for, twice.");
        assertThat(script.status()).isEqualTo(500);
        assertThat(script.json().path("error").asText()).isEqualTo("Failed to generate script");
        assertThat(answers.count()).isEqualTo(4);
    }

    @Test
    void tellsThatNoModelAnswered() {
        answers.script(FakeAnswers.fails(new PluginFailure.Retriable(FailureCode.STARTING, "the model is loading")));
        Reply reply = client.post("/api/analyze-logs", "{\"logs\":\"x\"}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body())
                .isEqualTo("{\"error\":\"Failed to analyze logs\",\"details\":\"the model is loading\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/analyze-logs    | {}                                      | 'logs' must not be empty
                    /api/analyze-logs    | {"logs":""}                             | 'logs' must not be empty
                    /api/analyze-logs    | {"logs":["x"]}                          | 'logs' must be a string, not an array
                    /api/analyze-logs    | {"logs":"x","context":1}                | 'context' must be a string, not a number
                    /api/analyze-logs    | {"logs"                                 | unexpected EOF
                    /api/generate-script | {}                                      | 'requirement' must not be empty
                    /api/generate-script | {"requirement":"x","language":"perl"}   | 'language' must be one of bash, python, powershell
                    /api/generate-script | {"requirement":"x","environment":"dos"} | 'environment' must be one of linux, windows, macos
                    /api/generate-script | {"requirement":"x","type":"dos"}        | 'type' must be one of linux, windows, macos
                    """)
    void refusesWhatIsWrong(String path, String body, String details) {
        Reply reply = client.post(path, body);

        assertThat(reply.json().path("details").asText()).isEqualTo(details);
        assertThat(reply.json().path("error").asText()).isEqualTo("Invalid request");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(answers.count()).isZero();
    }

    @Test
    void refusesEmptyAndOversizedBodies() {
        assertThat(client.post("/api/analyze-logs", "").json().path("details").asText())
                .isEqualTo("missing request body");
        assertThat(client.post("/api/analyze-logs", "{\"logs\":\"" + "x".repeat(100_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void tellsItsHealth() {
        JsonNode health = client.get("/api/health").json();

        assertThat(health.fieldNames())
                .toIterable()
                .containsExactly("status", "model_loaded", "uptime_seconds", "version");
        assertThat(health.path("status").asText()).isEqualTo("healthy");
        assertThat(health.path("version").asText()).isEqualTo("0.1.0");
        assertThat(health.path("uptime_seconds").isIntegralNumber()).isTrue();
        assertThat(client.get("/api/ready").json().path("status").asText()).isEqualTo("ready");
    }

    @Test
    void isNotReadyWhileTheModelLoads() {
        modelLoaded = false;
        Reply ready = client.get("/api/ready");

        assertThat(client.get("/api/health").json().path("status").asText()).isEqualTo("initializing");
        assertThat(client.get("/api/health").json().path("model_loaded").asBoolean())
                .isFalse();
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("{\"error\":\"Service not ready - AI model still loading\"}");
    }

    private List<Message> messages() {
        return ((Prompt.Chat) answers.last().prompt()).messages();
    }
}
