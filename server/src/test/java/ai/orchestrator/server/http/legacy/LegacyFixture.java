package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.template.RequestTemplates;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The old service's surface beside Ollama's, on a real server. */
abstract class LegacyFixture {
    final FakeAnswers answers = new FakeAnswers();
    volatile boolean modelLoaded = true;
    TestServer server;
    TestClient client;

    @BeforeEach
    void start() {
        FakeCatalog catalog = new FakeCatalog();
        LegacySurface legacy = new LegacySurface(
                answers,
                catalog,
                new LegacyDefaults(configuredModel(), 0.7, 0.9, 2048, 100_000),
                () -> modelLoaded,
                "0.1.0",
                Clock.systemUTC());
        server = TestServer.of(
                legacy, new OllamaSurface(answers, catalog, new RequestTemplates(), legacy.chatForm(), 1_000_000));
        client = server.client();
    }

    /** The model for calls that name none. */
    Optional<String> configuredModel() {
        return Optional.empty();
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
