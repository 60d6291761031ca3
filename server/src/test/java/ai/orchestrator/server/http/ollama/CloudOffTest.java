package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.model.SourceCatalog;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.template.RequestTemplates;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's surface where the operator keeps every request on the machine. */
class CloudOffTest {
    private final FakeAnswers answers = new FakeAnswers();
    private final FakeCatalog models = new FakeCatalog();
    private final ScriptedSearch search = new ScriptedSearch();
    private final ScriptedPages pages = new ScriptedPages();
    private TestServer server;

    @BeforeEach
    void start() {
        models.models.add(FakeCatalog.remote("far:latest", new RemoteOrigin("far", "https://far.example")));
        models.models.add(embedder());
        SourceCatalog catalog = new SourceCatalog(models, true);
        server = TestServer.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), new Nothing(), 1_000_000),
                new CloudSurface(new CloudStatus(true, "env"), search, Optional.of(pages), catalog, 1_000_000),
                new LibrarySurface(catalog, new NoLibrary(), 1_000_000));
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "not found")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/chat | {\"model\":\"far\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "/api/chat | {\"model\":\"far\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":false}",
                "/api/chat | {\"model\":\"far:cloud\"}",
                "/api/generate | {\"model\":\"FAR:latest\",\"prompt\":\"x\"}",
                "/api/generate | {\"model\":\"far\"}",
                "/api/generate | {\"model\":\"far\",\"keep_alive\":0}",
                "/api/embed | {\"model\":\"farbert\",\"input\":\"x\"}",
                "/api/embeddings | {\"model\":\"farbert\",\"prompt\":\"x\"}",
                "/api/chat | {\"model\":\"never-there:cloud\"}",
                "/api/embed | {\"model\":\"never-there:7b-cloud\",\"input\":\"x\"}",
            })
    void aRemoteModelIsRefused(String path, String body) {
        Reply reply = server.client().post(path, body);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"error\":\"ollama cloud is disabled: remote model is unavailable\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"far", "far:cloud", "never-there:cloud"})
    void aRemoteModelIsNotDescribed(String model) {
        Reply reply = server.client().post("/api/show", "{\"model\":\"" + model + "\"}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body())
                .isEqualTo("{\"error\":\"ollama cloud is disabled: remote model details are unavailable\"}");
    }

    @Test
    void remoteModelsAreNotOffered() {
        assertThat(server.client().get("/api/tags").body())
                .contains("test:latest")
                .doesNotContain("far");
        assertThat(server.client().get("/api/status").body())
                .isEqualTo("{\"cloud\":{\"disabled\":true,\"source\":\"env\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/experimental/web_search, {\"query\":\"x\"}, web search",
        "/api/web_search, {\"query\":\"x\"}, web search",
        "/api/experimental/web_fetch, {\"url\":\"https://x\"}, web fetch",
        "/api/web_fetch, {\"url\":\"https://x\"}, web fetch",
    })
    void theWebIsRefused(String path, String body, String what) {
        Reply reply = server.client().post(path, body);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"error\":\"ollama cloud is disabled: " + what + " is unavailable\"}");
        assertThat(search.asked).isEmpty();
        assertThat(pages.asked).isEmpty();
    }

    private static ModelInfo embedder() {
        ModelInfo far = FakeCatalog.remote("farbert:latest", new RemoteOrigin("bert", "https://far.example"));
        ModelInfo near = FakeCatalog.model("farbert:latest", Capability.EMBEDDING);
        return new ModelInfo(
                near.name(),
                near.digest(),
                0,
                near.modifiedAt(),
                "",
                List.of(),
                "",
                "",
                near.contextLength(),
                near.embeddingLength(),
                near.capabilities(),
                far.remote(),
                near.price());
    }

    private static final class Nothing implements BodyForm {
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
