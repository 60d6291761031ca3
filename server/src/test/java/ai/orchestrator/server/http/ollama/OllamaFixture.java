package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.template.RequestTemplates;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Ollama's surface on a real server, with a scripted pipeline and a few models behind it. */
abstract class OllamaFixture {
    static final long MAX_BODY = 1_000_000;

    final FakeAnswers answers = new FakeAnswers();
    final FakeCatalog catalog = new FakeCatalog();
    final ScriptedSearch search = new ScriptedSearch();
    final ScriptedPages pages = new ScriptedPages();
    TestServer server;
    TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), new NoOtherForm(), MAX_BODY),
                new CloudSurface(cloud(), search, Optional.of(pages), catalog, MAX_BODY),
                new LibrarySurface(catalog, new NoLibrary(), MAX_BODY));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Whether requests may leave the machine. */
    CloudStatus cloud() {
        return new CloudStatus(false, "none");
    }

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
