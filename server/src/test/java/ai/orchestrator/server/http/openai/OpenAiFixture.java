package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** OpenAI's surface on a real server, with a scripted pipeline and a few models behind it. */
abstract class OpenAiFixture {
    static final long MAX_BODY = 1_000_000;
    static final String HELLO = "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final FakeAnswers answers = new FakeAnswers();
    final FakeCatalog catalog = new FakeCatalog();
    TestServer server;
    TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.of(new OpenAiSurface(answers, catalog, MAX_BODY));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The data of a stream's events; it has to consist of such events alone. */
    static List<String> data(String stream) {
        return List.of(stream.split("\n\n")).stream()
                .map(event -> {
                    if (!event.startsWith("data: ") || event.contains("\n")) {
                        throw new AssertionError("not an event of one line of data: " + event);
                    }
                    return event.substring("data: ".length());
                })
                .toList();
    }

    /** The same that are JSON. */
    static List<JsonNode> chunks(String stream) {
        return data(stream).stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(OpenAiFixture::json)
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    /** The body of an error. */
    static String error(String type, String message) {
        return "{\"error\":{\"message\":\"" + message.replace("\"", "\\\"") + "\",\"type\":\"" + type
                + "\",\"param\":null,\"code\":null}}\n";
    }
}
