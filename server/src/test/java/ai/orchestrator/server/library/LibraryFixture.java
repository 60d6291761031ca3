package ai.orchestrator.server.library;

import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.http.ollama.LibrarySurface;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.model.ServiceCatalog;
import ai.orchestrator.server.template.RequestTemplates;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A library on a real server, with a registry and a runner that tests can make behave badly. */
abstract class LibraryFixture {
    private static final Duration PAUSE = Duration.ofMillis(1);
    static final Duration SILENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    final FakeRegistry registry = new FakeRegistry();
    final FakeRunner runner = new FakeRunner();

    /** Where the program is that quantizes. */
    volatile Optional<Path> quantizer = Optional.empty();

    FolderLibrary library;
    ServiceCatalog catalog;
    TestServer server;
    TestClient client;

    @BeforeEach
    void start() {
        open(false);
    }

    /** Starts anew on the same folder. */
    void restart(boolean readOnly) {
        stopServer();
        open(readOnly);
    }

    private void open(boolean readOnly) {
        ServiceCatalog configured = new ServiceCatalog(List.of(runner), List.of(), () -> "f".repeat(64), Instant.EPOCH);
        library = new FolderLibrary(
                folder,
                Map.of("registry.ollama.ai", registry.uri(), "hf.co", registry.uri()),
                readOnly,
                List.of(runner),
                configured,
                () -> quantizer,
                SILENCE,
                PAUSE);
        catalog =
                new ServiceCatalog(List.of(library.provider(), runner), List.of(), () -> "f".repeat(64), Instant.EPOCH);
        server = TestServer.of(
                new OllamaSurface(new FakeAnswers(), catalog, new RequestTemplates(), new NoOtherForm(), 1_000_000),
                new LibrarySurface(catalog, library, 1_000_000));
        client = server.client();
    }

    @AfterEach
    void stop() {
        stopServer();
        registry.close();
    }

    private void stopServer() {
        server.close();
        library.close();
    }

    TestClient.Reply pull(String model) {
        return client.post("/api/pull", "{\"model\":\"" + model + "\"}");
    }

    TestClient.Reply delete(String body) {
        return client.send("DELETE", "/api/delete", HttpRequest.BodyPublishers.ofString(body));
    }

    TestClient.Reply upload(byte[] bytes, String digest) {
        return client.send("POST", "/api/blobs/" + digest, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    String upload(byte[] bytes) {
        String digest = BlobDigest.of(bytes).toString();
        upload(bytes, digest);
        return digest;
    }

    JsonNode show(String model) {
        return client.post("/api/show", "{\"model\":\"" + model + "\"}").json();
    }

    /** The names that are listed, but for the runner's own and {@code auto}. */
    List<String> listed() {
        return client.get("/api/tags").json().path("models").findValuesAsText("name").stream()
                .filter(name -> !name.equals("auto:latest")
                        && runner.own.stream().noneMatch(own -> own.name().equals(name)))
                .toList();
    }

    JsonNode tag(String model) {
        for (JsonNode tag : client.get("/api/tags").json().path("models")) {
            if (tag.path("name").asText().equals(model)) {
                return tag;
            }
        }
        throw new AssertionError(model + " is not listed");
    }

    /** The files in the library's folder, relative to it, but for folders. */
    List<String> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> statuses(TestClient.Reply reply) {
        return reply.lines().stream()
                .map(line -> line.path("status").asText())
                .distinct()
                .toList();
    }

    static String error(TestClient.Reply reply) {
        List<JsonNode> lines = reply.lines();
        return lines.getLast().path("error").asText();
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
