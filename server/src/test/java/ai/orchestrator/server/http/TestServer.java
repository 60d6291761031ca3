package ai.orchestrator.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Surfaces on a real server on a free port, with a client for it. */
public final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final TestClient client;

    private TestServer(HttpServer server) {
        this.server = server;
        this.client = new TestClient(server.port());
    }

    /** Serves the surfaces by the default settings. */
    public static TestServer of(Surface... surfaces) {
        return of(HttpSettings.at("127.0.0.1", 0), surfaces);
    }

    public static TestServer of(HttpSettings settings, Surface... surfaces) {
        try {
            return new TestServer(HttpServer.start(settings, List.of(surfaces), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestClient client() {
        return client;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
