package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(routes -> routes.getOrHead("/api/thing", ErrorStyle.PLAIN, RoutesTest::name)
                .delete(
                        "/api/thing/{name}",
                        ErrorStyle.PLAIN,
                        exchange -> exchange.send(
                                200,
                                Exchange.TEXT,
                                exchange.pathVariable("name").getBytes(StandardCharsets.UTF_8))));
    }

    private static void name(Exchange exchange) {
        exchange.send(200, Exchange.TEXT, "thing".getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAnUnknownPathOfTheApiWithJson() {
        TestClient.Reply reply = server.client().get("/api/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body()).isEqualTo("{\"error\":\"Endpoint not found\"}");
    }

    @Test
    void answersAnUnknownPathElsewhereWithText() {
        TestClient.Reply reply = server.client().get("/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body()).isEqualTo("404 page not found");
    }

    @Test
    void answersAWrongMethodWith405() {
        TestClient.Reply reply = server.client().post("/api/thing", "{}");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body()).isEqualTo("405 method not allowed");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        TestClient.Reply reply = server.client().send("HEAD", "/api/thing", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).isEqualTo("5");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void redirectsNowhereButToItsOwnPath() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("GET //api//thing/ HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().headers()).containsEntry("location", "/api/thing");
        }
    }

    @Test
    void takesAnEscapedSlashAsPartOfAName() {
        assertThat(server.client().get("/api/thing%2f").status()).isEqualTo(404);
    }

    @Test
    void redirectsATrailingSlash() {
        TestClient.Reply get = server.client().get("/api/thing/?a=b");
        TestClient.Reply delete = server.client().send("DELETE", "/api/thing/x/", BodyPublishers.noBody());

        assertThat(get.status()).isEqualTo(301);
        assertThat(get.header("Location")).isEqualTo("/api/thing?a=b");
        assertThat(delete.status()).isEqualTo(307);
        assertThat(delete.header("Location")).isEqualTo("/api/thing/x");
    }

    @Test
    void readsVariablesOfThePath() {
        assertThat(server.client()
                        .send("DELETE", "/api/thing/x%20y", BodyPublishers.noBody())
                        .body())
                .isEqualTo("x y");
    }

    @Test
    void keepsASaneRequestIdAndReplacesAnother() {
        assertThat(server.client().get("/api/thing", "X-Request-Id", "abc-1.2").header("X-Request-Id"))
                .isEqualTo("abc-1.2");
        assertThat(server.client().get("/api/thing", "X-Request-Id", "a b").header("X-Request-Id"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void refusesASecondAnswerForOnePath() {
        Routes routes = new Routes().get("/a", ErrorStyle.PLAIN, exchange -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes.get("/a", ErrorStyle.PLAIN, exchange -> {}))
                .withMessage("GET /a is answered twice");
    }

    @Test
    void reportsHealthAndMetrics() {
        assertThat(server.client().get("/observe/health").json().path("status").asText())
                .isEqualTo("UP");
        assertThat(server.client().get("/observe/metrics").status()).isEqualTo(200);
        assertThat(server.client().get("/observe/config").status()).isEqualTo(404);
    }
}
