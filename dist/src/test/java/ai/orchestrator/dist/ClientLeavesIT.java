package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLeavesIT {
    /** The schema has the model go on to the end of its context, for a minute and more. */
    private static final String ENDLESS = """
            "model": "smollm2:135m", "options": {"num_predict": -1, "num_ctx": 8192},
            "format": {"type": "array", "minItems": 100000, "items": {"type": "string", "maxLength": 20}}""";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/generate {\"stream\": false, \"prompt\": \"Names, one.\", ",
                "/api/generate {\"stream\": true, \"prompt\": \"Names, two.\", ",
                "/api/chat {\"stream\": false, \"messages\": [{\"role\": \"user\", \"content\": \"Names, three.\"}], "
            })
    void theModelStops(String request) throws IOException {
        String path = request.substring(0, request.indexOf(' '));
        String body = request.substring(path.length() + 1) + ENDLESS + "}";
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(product.http.base).getPort())) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            await(true);
        }

        await(false);
    }

    private static void await(boolean atWork) {
        Instant deadline = Instant.now().plusSeconds(30);
        while (isAtWork() != atWork) {
            assertThat(Instant.now()).as("at work: %s, in time", atWork).isBefore(deadline);
        }
    }

    /** Whether a worker uses the processor for a good part of the next second. */
    private static boolean isAtWork() {
        Duration before = spent();
        for (int i = 0; i < 20; i++) {
            Product.pause();
        }
        return spent().minus(before).compareTo(Duration.ofMillis(50)) > 0;
    }

    private static Duration spent() {
        return product.workers().stream()
                .map(worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
