package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Child;
import ai.orchestrator.bench.run.Setup;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Starts an Ollama in a home folder of its own, and gives it the model. */
final class Ollama {
    private static final String MODEL = "bench";

    private Ollama() {}

    static HttpSubject start(Setup setup) throws IOException, InterruptedException {
        Path home = Files.createDirectories(setup.folder().resolve("ollama"));
        String address = "127.0.0.1:" + Child.freePort();
        Child child = Child.start(
                List.of(setup.writing().ollama().orElseThrow().toString(), "serve"),
                Map.of(
                        "HOME", home.toString(),
                        "OLLAMA_HOST", address,
                        "OLLAMA_MODELS", home.resolve("models").toString(),
                        "OLLAMA_KEEP_ALIVE", "-1",
                        "OLLAMA_NUM_PARALLEL", String.valueOf(Setup.Writing.PARALLEL),
                        "OLLAMA_CONTEXT_LENGTH", String.valueOf(Setup.Writing.CONTEXT)),
                home.resolve("ollama.log"),
                false);
        URI base = URI.create("http://" + address);
        child.await(base.resolve("/api/version"));
        create(setup, base);
        return HttpSubject.ollama(child, base, MODEL);
    }

    private static void create(Setup setup, URI base) throws IOException, InterruptedException {
        String digest = "sha256:" + sha256(setup.model());
        post(base.resolve("/api/blobs/" + digest), BodyPublishers.ofFile(setup.model()));
        ObjectNode model =
                JsonNodeFactory.instance.objectNode().put("model", MODEL).put("stream", false);
        model.putObject("files").put("bench.gguf", digest);
        model.putObject("parameters").put("num_thread", setup.writing().threads());
        post(base.resolve("/api/create"), BodyPublishers.ofString(model.toString()));
    }

    private static void post(URI uri, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).POST(body).build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException("status " + response.statusCode() + " from " + uri + ": " + response.body());
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
