package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelIT {
    @TempDir
    static Path folder;

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start(Product.home(folder), Map.of());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void listsItsModels() {
        List<String> names = new ArrayList<>();
        product.http.get("/api/tags").json().get("models").forEach(model -> {
            names.add(model.get("name").asText());
            assertThat(model.get("digest").asText()).matches("[0-9a-f]{64}");
        });
        assertThat(names)
                .contains(TestModel.NAME, "all-minilm:latest", "auto:latest")
                .doesNotHaveDuplicates();

        JsonNode shown =
                product.http.post("/api/show", "{\"model\": \"smollm2:135m\"}").json();
        assertThat(shown.at("/model_info/general.architecture").asText()).isEqualTo("llama");
        assertThat(shown.get("template").asText()).contains("im_start");
    }

    @Test
    void streamsAnAnswerWithMetrics() {
        Reply reply = product.http.post("/api/chat", """
                {"model": "smollm2:135m", "messages": [{"role": "user", "content": "Count to three."}],
                 "options": {"num_predict": 16, "temperature": 0, "seed": 7}}""");
        List<JsonNode> lines = reply.lines();

        assertThat(reply.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines).hasSizeGreaterThan(2);
        JsonNode last = lines.getLast();
        assertThat(last.get("done").asBoolean()).isTrue();
        for (String metric :
                List.of("total_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration")) {
            assertThat(last.get(metric).asLong()).as(metric).isPositive();
        }
        assertThat(last.get("eval_count").asInt()).isLessThanOrEqualTo(16);
    }

    @Test
    void embedsInUnitLength() {
        JsonNode vectors = product.http
                .post("/api/embed", "{\"model\": \"all-minilm\", \"input\": [\"a cat\", \"a dog\"]}")
                .json()
                .get("embeddings");

        assertThat(vectors).hasSize(2);
        for (JsonNode vector : vectors) {
            assertThat(vector).hasSize(384);
            double squares = 0;
            for (JsonNode number : vector) {
                squares += number.asDouble() * number.asDouble();
            }
            assertThat(squares).isBetween(0.999, 1.001);
        }
    }

    @Test
    void aWorkerThatIsKilledCostsItsRequestOnly() throws IOException {
        String ask = """
                {"model": "smollm2:135m", "prompt": "Write a very long story about the sea.",
                 "options": {"num_predict": 2000, "temperature": 1.5, "seed": %d}}""";
        List<String> rest = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                product.http.stream("/api/generate", ask.formatted(1)).body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("\"done\":false");
            product.workers().forEach(ProcessHandle::destroyForcibly);
            lines.lines().forEach(rest::add);
        }
        assertThat(Http.read(rest.getLast()).path("error").asText())
                .as("last line: %s", rest.getLast())
                .isNotEmpty();

        Reply next = product.http.post("/api/generate", """
                {"model": "smollm2:135m", "prompt": "Say hello once more.", "stream": false, "options": {"num_predict": 5}}""");
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(next.header("X-Cache")).isEqualTo("MISS");
    }

    @Test
    void unloadsAndReturnsTheMemory() {
        product.http.post("/api/generate", "{\"model\": \"smollm2:135m\"}");
        assertThat(product.http.get("/api/ps").json().get("models")).hasSize(1);
        assertThat(product.workers()).isNotEmpty();

        Reply unload = product.http.post("/api/generate", "{\"model\": \"smollm2:135m\", \"keep_alive\": 0}");
        assertThat(unload.json().get("done_reason").asText()).isEqualTo("unload");
        assertThat(product.http.get("/api/ps").json().get("models")).isEmpty();
        assertThat(product.workers()).isEmpty();
    }

    @Test
    void returnsJsonOfTheSchemaThatWasAsked() {
        JsonNode reply = product.http.post("/api/chat", """
                        {"model": "smollm2:135m", "stream": false, "messages": [{"role": "user", "content": "A person, please."}],
                         "format": {"type": "object", "required": ["name", "age"],
                                    "properties": {"name": {"type": "string", "maxLength": 20}, "age": {"type": "integer"}}},
                         "options": {"num_predict": 200}}""").json();
        JsonNode person = Http.read(reply.at("/message/content").asText());
        assertThat(person.get("name").isTextual()).isTrue();
        assertThat(person.get("age").isIntegralNumber()).isTrue();
    }

    @Test
    void theOldServicesClientsAreAnswered() {
        JsonNode chat = product.http
                .post("/api/chat", "{\"message\": \"Hello\", \"max_tokens\": 12}")
                .json();
        assertThat(chat.get("response").asText()).isNotEmpty();
        assertThat(chat.get("conversation_id").asText()).hasSize(36);
        assertThat(chat.get("cache_hit").asBoolean()).isFalse();
        assertThat(product.http
                        .post("/api/chat", "{\"message\": \"Hello\", \"max_tokens\": 12}")
                        .json()
                        .get("cache_source")
                        .asText())
                .isEqualTo("memory");

        JsonNode analysis = product.http
                .post("/api/analyze-logs", "{\"logs\": \"ERROR disk full on /dev/sda1\"}")
                .json();
        assertThat(analysis.get("severity").asText()).isIn("critical", "high", "medium", "low");
        assertThat(analysis.get("issues").isArray()).isTrue();
        assertThat(analysis.get("confidence").isNumber()).isTrue();

        JsonNode script = product.http.post("/api/generate-script", """
                        {"requirement": "list files", "type": "linux", "language": "bash"}""").json();
        assertThat(script.get("script").isTextual()).as(script.toString()).isTrue();
        assertThat(script.get("environment").asText()).isEqualTo("linux");
    }

    @Test
    void showsItsStatistics() {
        JsonNode stats = product.http.get("/api/stats").json();
        assertThat(stats.at("/cache/tiers")).hasSize(3);
        assertThat(stats.at("/plugins")).hasSizeGreaterThanOrEqualTo(9);
        assertThat(product.http.get("/observe/health").status()).isIn(200, 204);
        assertThat(product.http.get("/observe/metrics").body()).contains("orchestrator_answers");
    }
}
