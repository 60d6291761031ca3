package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentClientTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                100_000,
                -1,
                -1,
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                Optional.empty());
        server = TestServer.of(
                settings,
                routes -> routes.post(
                        "/api/size",
                        ErrorStyle.PLAIN,
                        exchange -> exchange.sendJson(
                                Integer.toString(exchange.jsonBody(100_000).size())
                                        .getBytes(StandardCharsets.US_ASCII))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/size HTTP/1.1\r\nHost: loc",
                "POST /api/size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{",
                "POST /api/size HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"
            })
    void isDroppedInTheMiddleOfARequest(String begin) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write(begin);

            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void mayBeSlow() throws Exception {
        String body = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/size HTTP/1.1\r\nHost: localhost\r\n");
            Thread.sleep(100);
            connection.write("Content-Length: " + body.length() + "\r\n\r\n");
            for (int i = 0; i < body.length(); i += 6_001) {
                connection.write(body.substring(i, Math.min(body.length(), i + 6_001)));
                Thread.sleep(50);
            }

            assertThat(connection.read().body()).isEqualTo(Integer.toString(body.length()));
        }
    }

    @Test
    void mayRestBetweenRequests() throws Exception {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post("/api/size", "{}");
            String first = connection.read().body();
            Thread.sleep(700);
            connection.post("/api/size", "{} ");

            assertThat(first).isEqualTo("2");
            assertThat(connection.read().body()).isEqualTo("3");
        }
    }
}
