package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final List<Access.Key> KEYS =
            List.of(new Access.Key("first-key-1", "team-a", false), new Access.Key("second-key-2", "team-b", true));
    private static final ErrorStyle OTHER =
            problem -> ("{\"other\":\"" + problem.getMessage() + "\"}").getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer first-key-1, team-a",
        "Authorization, bearer  second-key-2, team-b",
        "x-api-key, first-key-1, team-a",
        "X-Api-Key, second-key-2, team-b",
    })
    void aKeyLetsItsTenantIn(String header, String value, String tenant) {
        try (TestServer server = serve(new Access(KEYS, true, true))) {
            Reply reply = server.client().post("/api/who", "{}", header, value);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("tenant " + tenant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer first-key-2",
        "Authorization, first-key-1",
        "Authorization, Basic first-key-1",
        "Authorization, Bearer",
        "x-api-key, first-key",
        "x-other, first-key-1",
    })
    void nobodyElseComesInWhereKeysAreAskedOfAll(String header, String value) {
        try (TestServer server = serve(new Access(KEYS, true, true))) {
            Reply reply = server.client().post("/api/who", "{}", header, value);

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).isEqualTo("{\"error\":\"unauthorized\"}");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/things, {\"other\":\"unauthorized\"}",
        "/v1/things/one, {\"other\":\"unauthorized\"}",
        "/v1/unknown, {\"other\":\"unauthorized\"}",
        "/api/unknown, {\"error\":\"unauthorized\"}",
        "/observe/health/../metrics, {\"error\":\"unauthorized\"}",
        "/observe/metrics, {\"error\":\"unauthorized\"}",
        "/elsewhere, {\"error\":\"unauthorized\"}",
    })
    void theErrorHasTheShapeOfItsSurface(String path, String body) {
        try (TestServer server = serve(new Access(KEYS, true, true))) {
            assertThat(server.client().get(path).body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/health", "/observe/health", "/observe/health/ready"})
    void healthIsForEverybody(String path) {
        try (TestServer server = serve(new Access(KEYS, true, true))) {
            assertThat(server.client().get(path).status()).isEqualTo(200);
            assertThat(server.client()
                            .send("HEAD", "/", BodyPublishers.noBody())
                            .status())
                    .isEqualTo(200);
            assertThat(server.client().post("/", "{}").status()).isEqualTo(401);
        }
    }

    @Test
    void callersOnThisMachineNeedNoneUnlessTheyComeThroughAProxy() {
        try (TestServer server = serve(new Access(KEYS, false, true))) {
            TestClient client = server.client();

            assertThat(client.post("/api/who", "{}").body()).isEqualTo("tenant ");
            assertThat(client.post("/api/who", "{}", "Authorization", "Bearer anything")
                            .body())
                    .as("what clients send to any server")
                    .isEqualTo("tenant ");
            assertThat(client.post("/api/who", "{}", "x-api-key", "first-key-1").body())
                    .isEqualTo("tenant team-a");
            for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")) {
                assertThat(client.post("/api/who", "{}", header, "203.0.113.5").status())
                        .isEqualTo(401);
            }
        }
        try (TestServer server = serve(new Access(KEYS, false, false))) {
            assertThat(server.client()
                            .post("/api/who", "{}", "X-Forwarded-For", "203.0.113.5")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, x-other, nothing, 200",
        "false, Authorization, Bearer anything, 200",
        "false, Authorization, Bearer first-key-1, 403",
        "false, x-api-key, first-key-1, 403",
        "false, x-api-key, second-key-2, 200",
        "true, x-api-key, first-key-1, 403",
        "true, Authorization, Bearer second-key-2, 200",
        "true, x-other, nothing, 401",
    })
    void whatTouchesEveryTenantIsForAdmins(boolean onLoopback, String header, String value, int status) {
        try (TestServer server = serve(new Access(KEYS, onLoopback, true))) {
            Reply reply = server.client().post("/api/everybody", "{}", header, value);

            assertThat(reply.status()).isEqualTo(status);
            if (status == 403) {
                assertThat(reply.json().path("error").asText())
                        .contains("'admin: true'")
                        .doesNotContain("first-key-1");
                assertThat(server.client()
                                .post("/v1/everybody", "{}", header, value)
                                .body())
                        .as("the shape of its surface")
                        .startsWith("{\"other\":\"this touches");
            }
        }
    }

    @Test
    void whereThereAreNoKeysEverybodyIsAnAdmin() {
        try (TestServer server = serve(Access.OPEN)) {
            assertThat(server.client()
                            .post("/api/everybody", "{}", "x-api-key", "first-key-1", "Via", "1.1 proxy")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPreflightNeedsNone() {
        try (TestServer server = serve(new Access(KEYS, true, true))) {
            TestClient client = server.client();
            Reply preflight =
                    client.send("OPTIONS", "/api/who", BodyPublishers.noBody(), "Origin", "http://localhost:3000");
            Reply refused = client.post("/api/who", "{}", "Origin", "http://localhost:3000");

            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(java.util.Locale.ROOT))
                    .contains("authorization", "x-api-key", "anthropic-version", "anthropic-beta", "openai-beta");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("Access-Control-Allow-Origin"))
                    .as("so that the page can read why")
                    .isEqualTo("http://localhost:3000");
        }
    }

    @Test
    void aKeyIsNeverWritten() {
        assertThat(new Access(KEYS, true, true).toString()).doesNotContain("first-key-1");
    }

    private static TestServer serve(Access access) {
        return TestServer.of(HttpSettings.at("127.0.0.1", 0).withAccess(access), routes -> routes.getOrHead(
                        "/", ErrorStyle.PLAIN, exchange -> exchange.send(200, new byte[0]))
                .get("/api/health", ErrorStyle.PLAIN, exchange -> exchange.send(200, new byte[0]))
                .post(
                        "/api/who",
                        ErrorStyle.PLAIN,
                        exchange -> exchange.send(
                                200,
                                Exchange.TEXT,
                                ("tenant " + exchange.caller().tenant()).getBytes(StandardCharsets.UTF_8)))
                .post(
                        "/api/everybody",
                        ErrorStyle.PLAIN,
                        Rights.adminsOnly(exchange -> exchange.send(200, new byte[0])))
                .post("/v1/everybody", OTHER, Rights.adminsOnly(exchange -> exchange.send(200, new byte[0])))
                .get("/v1/things", OTHER, exchange -> exchange.send(200, new byte[0]))
                .get("/v1/things/{id}", OTHER, exchange -> exchange.send(200, new byte[0])));
    }
}
