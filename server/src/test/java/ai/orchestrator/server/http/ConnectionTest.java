package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static final int LIMIT = 100_000;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(routes -> routes.post("/api/echo", ErrorStyle.PLAIN, exchange -> {
                    JsonObject body = exchange.jsonBody(LIMIT).members("EchoRequest");
                    if (body.bool("fail").orElse(false)) {
                        throw new IllegalStateException("a secret of the inside");
                    }
                    exchange.sendJson(body.text("say").getBytes(StandardCharsets.UTF_8));
                })
                .post("/api/unread", ErrorStyle.PLAIN, exchange -> exchange.sendJson(new byte[] {'1'}))
                .post("/api/cut", ErrorStyle.PLAIN, exchange -> {
                    JsonLines lines = new JsonLines(exchange);
                    lines.send(json -> json.writeString("one"));
                    throw new IllegalStateException("after the first line");
                })
                .post("/api/half", ErrorStyle.PLAIN, exchange -> {
                    JsonLines lines = new JsonLines(exchange);
                    lines.send(json -> json.writeString("one"));
                    Guard.stream(
                            exchange,
                            () -> lines.send(json -> {
                                json.writeStartObject();
                                throw new IllegalStateException("in the middle of a line");
                            }),
                            problem -> {
                                lines.send(json -> json.writeString(problem.getMessage()));
                                lines.end();
                            });
                })
                .getOrHead(
                        "/api/thing",
                        ErrorStyle.PLAIN,
                        exchange -> exchange.sendJson("{}".getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/echo|{\"say\":",
                "/api/echo|",
                "/api/echo|[1]",
                "/api/echo|{\"say\":1}",
                "/api/echo|{\"fail\":true}",
                "/api/unread|{\"say\":\"never read\"}",
                "/api/nowhere|{\"say\":\"never read\"}",
                "/nowhere|{}",
                "/api/thing|{}",
                "/api/echo/|{}"
            })
    void staysUsableAfterAnyReply(String request) throws IOException {
        String[] parts = request.split("\\|", -1);
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post(parts[0], parts[1]);
            connection.read();
            connection.post("/api/echo", "{\"say\":\"still here\"}");

            assertThat(connection.read().body()).isEqualTo("still here");
        }
    }

    @Test
    void staysUsableAfterABodyOverTheLimit() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post("/api/echo", "{\"say\":\"" + "x".repeat(LIMIT) + "\"}");
            RawConnection.Reply reply = connection.read();
            connection.post("/api/echo", "{\"say\":\"still here\"}");

            assertThat(reply.status()).contains("413");
            assertThat(reply.body()).isEqualTo("{\"error\":\"request body is larger than 100000 bytes\"}");
            assertThat(connection.read().body()).isEqualTo("still here");
        }
    }

    @Test
    void countsAChunkedBodyToo() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 30; i++) {
                connection.write("1388\r\n" + "x".repeat(5000) + "\r\n");
            }
            connection.write("0\r\n\r\n");
            RawConnection.Reply reply = connection.read();
            connection.post("/api/echo", "{\"say\":\"still here\"}");

            assertThat(reply.status()).contains("413");
            assertThat(connection.read().body()).isEqualTo("still here");
        }
    }

    @Test
    void doesNotWaitForTheEndOfABodyThatIsFarOverTheLimit() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write(
                    "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + 3L * LIMIT + "\r\n\r\n{");

            assertThat(connection.read().status()).contains("413");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesABodyBeforeItIsSentWhereTheClientAsksFirst() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + (LIMIT + 1) + "\r\n\r\n");

            assertThat(connection.read().status()).contains("413");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void letsABodyComeWhereTheClientAsksFirst() throws IOException {
        String body = "{\"say\":\"after all\"}";
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + body.length() + "\r\n\r\n");
            String leave = connection.readHead();
            connection.write(body);

            assertThat(leave).contains("100");
            assertThat(connection.read().body()).isEqualTo("after all");
        }
    }

    @Test
    void closesWhereTheClientAsksForIt() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("GET /api/thing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(connection.read().body()).isEqualTo("{}");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void letsTheClientReadTheReplyBeforeItCloses() throws IOException {
        String body = "x".repeat(LIMIT);
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST /api/nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);

            assertThat(connection.read().body()).isEqualTo("{\"error\":\"Endpoint not found\"}");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tellsNothingOfItsInside() {
        TestClient.Reply reply = server.client().post("/api/echo", "{\"fail\":true}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"error\":\"internal server error\"}");
    }

    @Test
    void cutsAReplyThatCannotBeFinished() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post("/api/cut", "");
            connection.readHead();

            assertThat(connection.chunk()).isEqualTo("\"one\"\n");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void leavesNothingOfALineThatCannotBeWritten() {
        assertThat(server.client().post("/api/half", "").body()).isEqualTo("\"one\"\n\"internal server error\"\n");
    }

    @Test
    void answersWhatIsNoHttpWithAJsonError() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("GET /api/thing HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n");
            RawConnection.Reply reply = connection.read();

            assertThat(reply.status()).contains("400");
            assertThat(reply.body()).isEqualTo("{\"error\":\"the request is not valid HTTP\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n\r\n", "ffffffffffffffff\r\n{}\r\n", "2;a=b\r\n{}\r\n0\r\n\r\n"})
    void closesWhereItCannotTellTheEndOfABody(String chunks) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write(
                    "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            RawConnection.Reply reply = connection.read();

            assertThat(reply.status()).contains("400");
            assertThat(reply.body()).isEqualTo("{\"error\":\"the request is not valid HTTP\"}");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"60000, 404", "70000, 400"})
    void takesTheCookiesOfAFullBrowser(int length, String status) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("GET /nothing HTTP/1.1\r\nHost: localhost\r\nCookie: " + "c".repeat(length) + "\r\n\r\n");

            assertThat(connection.read().status()).contains(status);
        }
    }

    @Test
    void hasNothingAtWhatIsNoPath() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().status()).contains("404");
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        assertThatThrownBy(() -> HttpServer.start(HttpSettings.at("127.0.0.1", server.port()), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
    }
}
