package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsAndShowTest extends OllamaFixture {
    @Test
    void saysThatItRuns() {
        Reply reply = client.get("/");

        assertThat(reply.body()).isEqualTo("Ollama is running");
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(client.send("HEAD", "/", BodyPublishers.noBody()).status()).isEqualTo(200);
    }

    @Test
    void tellsTheVersionAndNothingElse() {
        Reply reply = client.get("/api/version");

        assertThat(reply.body()).isEqualTo("{\"version\":\"0.33.0\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(client.send("HEAD", "/api/version", BodyPublishers.noBody()).status())
                .isEqualTo(200);
    }

    @Test
    void listsNoModelsAsAnArray() {
        catalog.models.clear();

        assertThat(client.get("/api/tags").body()).isEqualTo("{\"models\":[]}");
        assertThat(client.get("/api/ps").body()).isEqualTo("{\"models\":[]}");
    }

    @Test
    void listsModelsInTheCatalogsOrder() {
        catalog.models.clear();
        catalog.models.add(
                FakeCatalog.remote("openai/gpt-4o:latest", new RemoteOrigin("openai/gpt-4o", "https://openrouter.ai")));
        catalog.models.add(new FakeCatalog().list().getFirst());
        JsonNode models = client.get("/api/tags").json().path("models");
        JsonNode remote = models.path(0);
        JsonNode local = models.path(1);

        assertThat(remote.path("remote_model").asText()).isEqualTo("openai/gpt-4o");
        assertThat(remote.path("remote_host").asText()).isEqualTo("https://openrouter.ai");
        assertThat(local.fieldNames())
                .toIterable()
                .containsExactly("name", "model", "modified_at", "size", "digest", "details", "capabilities");
        assertThat(local.path("name").asText()).isEqualTo("test:latest");
        assertThat(local.path("size").asLong()).isEqualTo(91_000_000);
        assertThat(OffsetDateTime.parse(local.path("modified_at").asText()).toInstant())
                .isEqualTo(Instant.parse("2026-08-21T18:48:22.419386Z"));
        assertThat(local.path("details").toString())
                .isEqualTo("{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\",\"families\":[\"llama\"],"
                        + "\"parameter_size\":\"135M\",\"quantization_level\":\"Q4_1\",\"context_length\":8192}");
        assertThat(local.path("capabilities").toString()).isEqualTo("[\"completion\"]");
    }

    @Test
    void listsWhatIsLoaded() {
        Instant soon = Instant.parse("2026-08-21T18:53:22.93355Z");
        catalog.run(new LoadedModel("test:latest", "engine 1", 120_000_000, 4096, Optional.of(soon)));
        catalog.run(new LoadedModel("able:latest", "engine 1", 1, 2048, Optional.empty()));
        JsonNode models = client.get("/api/ps").json().path("models");

        assertThat(models.path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name", "model", "size", "digest", "details", "expires_at", "size_vram", "context_length");
        assertThat(OffsetDateTime.parse(models.path(0).path("expires_at").asText())
                        .toInstant())
                .isEqualTo(soon);
        assertThat(models.path(0).path("context_length").asInt()).isEqualTo(4096);
        assertThat(models.path(0).path("details").fieldNames())
                .toIterable()
                .containsExactly(
                        "parent_model", "format", "family", "families", "parameter_size", "quantization_level");
        assertThat(OffsetDateTime.parse(models.path(1).path("expires_at").asText())
                        .toInstant())
                .isAfter(Instant.now().plus(Duration.ofDays(36_500)));
    }

    @Test
    void showsAModel() {
        catalog.description = new ModelDescription(
                "Apache-2.0",
                "{{ .Prompt }}",
                "Be brief.",
                "stop \"<|im_end|>\"\ntemperature 0.2",
                "engine 1",
                "{\"general.architecture\":\"llama\",\"tokenizer.ggml.model\":\"gpt2\"}");
        JsonNode body = client.post("/api/show", "{\"model\":\"test\"}").json();

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly(
                        "license",
                        "modelfile",
                        "parameters",
                        "template",
                        "system",
                        "details",
                        "model_info",
                        "capabilities",
                        "modified_at");
        assertThat(body.path("parameters").asText())
                .isEqualTo("stop                           \"<|im_end|>\"\ntemperature                    0.2");
        assertThat(body.path("modelfile").asText())
                .isEqualTo("FROM test:latest\nTEMPLATE \"\"\"{{ .Prompt }}\"\"\"\nSYSTEM \"\"\"Be brief.\"\"\"\n"
                        + "PARAMETER stop \"<|im_end|>\"\nPARAMETER temperature 0.2\n");
        assertThat(body.path("model_info").toString())
                .isEqualTo("{\"general.architecture\":\"llama\",\"tokenizer.ggml.model\":\"gpt2\","
                        + "\"llama.context_length\":8192,\"orchestrator.engine\":\"engine 1\"}");
    }

    @Test
    void showsAModelOfWhichNothingIsKnown() {
        catalog.models.add(FakeCatalog.remote("cloud:latest", new RemoteOrigin("vendor/cloud", "https://example.org")));
        catalog.description = new ModelDescription("", "", "", "", "", "not json");
        JsonNode body = client.post("/api/show", "{\"name\":\"cloud\"}").json();

        assertThat(body.path("model_info").isObject()).isTrue();
        assertThat(body.path("remote_model").asText()).isEqualTo("vendor/cloud");
        assertThat(body.path("details").isObject()).isTrue();
        assertThat(OffsetDateTime.parse(body.path("modified_at").asText())).isNotNull();
    }

    @Test
    void namesTheModelForCopilot() {
        JsonNode info = client.post("/api/show", "{\"model\":\"test\"}", "User-Agent", "GitHubCopilotChat/0.30")
                .json()
                .path("model_info");

        assertThat(info.path("general.basename").asText()).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                 | 400 | model is required
                    {"model":"a b"}    | 400 | invalid model name
                    {"model":"nope"}   | 404 | model 'nope:latest' not found
                    {"name":"smollm2:135m"} | 404 | model 'smollm2:135m' not found: its file is not in models
                    {"model":7}        | 400 | json: cannot unmarshal number into Go struct field ShowRequest.model of type string
                    """)
    void refusesWhatIsWrong(String body, int status, String message) {
        Reply reply = client.post("/api/show", body);

        assertThat(reply.json().path("error").asText()).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void refusesToShowByGet() {
        Reply reply = client.get("/api/show");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }
}
