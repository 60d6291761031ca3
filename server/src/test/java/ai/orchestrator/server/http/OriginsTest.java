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
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                1000,
                -1,
                -1,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                List.of("https://chat.example.org", "https://*.example.net"),
                List.of("chat.example.org"),
                Optional.empty());
        server = TestServer.of(
                settings,
                routes -> routes.get(
                        "/api/thing",
                        ErrorStyle.PLAIN,
                        exchange -> exchange.send(200, Exchange.TEXT, "thing".getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost,true",
        "https://localhost:3000,true",
        "http://127.0.0.1:8080,true",
        "http://0.0.0.0,true",
        "app://obsidian.md,true",
        "vscode-webview://abc,true",
        "https://chat.example.org,true",
        "https://a.b.example.net,true",
        "https://example.net,false",
        "http://chat.example.org,false",
        "https://chat.example.org.evil.com,false",
        "http://localhost.evil.com,false",
        "chrome-extension://abc,false",
        "null,false"
    })
    void allowsThisMachinesPagesAppsAndWhatIsListed(String origin, boolean allowed) {
        TestClient.Reply reply = server.client().get("/api/thing", "Origin", origin);

        assertThat(reply.status()).isEqualTo(allowed ? 200 : 403);
        assertThat(reply.body()).isEqualTo(allowed ? "thing" : "");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(allowed ? origin : "");
        assertThat(reply.header("Vary")).isEqualTo(allowed ? "Origin" : "");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void answersAPreflight() throws IOException {
        RawConnection.Reply reply =
                raw("OPTIONS /api/thing HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n"
                        + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-api-key\r\n\r\n");

        assertThat(reply.status()).contains("204");
        assertThat(reply.headers().get("access-control-allow-origin")).isEqualTo("http://localhost:3000");
        assertThat(reply.headers().get("access-control-allow-methods"))
                .isEqualTo("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        assertThat(reply.headers().get("access-control-allow-headers"))
                .contains("Authorization", "Content-Type", "X-Api-Key", "Anthropic-Version", "X-Stainless-Helper,");
        assertThat(reply.headers().get("access-control-max-age")).isEqualTo("43200");
    }

    @Test
    void leavesAPageOfItsOwnAlone() {
        TestClient.Reply reply = server.client().get("/api/thing", "Origin", "http://127.0.0.1:" + server.port());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void allowsEveryOriginWhereAStarIsListed() {
        assertThat(new Origins(List.of("*")).allows("https://anything.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "localhost:5732,true",
        "LOCALHOST,true",
        "127.0.0.1:5732,true",
        "[::1]:5732,true",
        "192.168.1.7,true",
        "10.0.0.1:80,true",
        "box.local,true",
        "host.docker.internal:5732,true",
        "a.localhost,true",
        "'',true",
        "evil.example.org,false",
        "evil.example.org:5732,false",
        "8.8.8.8,false",
        "localhost.evil.org,false"
    })
    void takesOnlyHostsThatAreThisMachine(String host, boolean allowed) {
        assertThat(new HostCheck(List.of("chat.example.org")).allows(host)).isEqualTo(allowed);
    }

    @Test
    void refusesAHostThatIsNotThisMachine() throws IOException {
        RawConnection.Reply reply = raw("GET /api/thing HTTP/1.1\r\nHost: evil.example.org\r\n\r\n");

        assertThat(reply.status()).contains("403");
        assertThat(reply.body()).isEmpty();
    }

    private static RawConnection.Reply raw(String request) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write(request);
            return connection.read();
        }
    }
}
