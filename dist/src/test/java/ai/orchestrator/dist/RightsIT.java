package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, by the API key: tenants see and remove what is their own, admins all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {
    private static final String[] RED = {"Authorization", "Bearer key-of-team-red"};
    private static final String[] BLUE = {"x-api-key", "key-of-team-blue"};
    private static final String[] ADMIN = {"Authorization", "Bearer key-of-the-operator"};
    private static final String ASK = "{\"model\": \"openrouter/auto\", \"prompt\": \"%s\", \"stream\": false}";

    private final FakeOpenRouter cloud = new FakeOpenRouter(0);
    private Product product;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path home = Product.home(folder);
        Path config = home.resolve("config/orchestrator.yaml");
        String shipped = Files.readString(config);
        String keyed = shipped.replace("server:\n", """
                server:
                  require_on_loopback: true
                  api_keys:
                    - {key: key-of-team-red, tenant: red}
                    - {key: key-of-team-blue, tenant: blue}
                    - {key: key-of-the-operator, tenant: ops, admin: true}
                """);
        assertThat(keyed).isNotEqualTo(shipped);
        Files.writeString(config, keyed);
        product = Product.start(
                home,
                Map.of(
                        "OPENROUTER_API_KEY",
                        "sk-test-1",
                        "OPENROUTER_BASE_URL",
                        cloud.url().toString()));
    }

    @AfterAll
    void stop() {
        product.close();
        cloud.close();
    }

    private Reply ask(String prompt, String... key) {
        Reply reply = product.http.post("/api/generate", ASK.formatted(prompt), key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply;
    }

    @Test
    void nobodyIsServedWithoutAKey() {
        assertThat(product.http.post("/api/generate", ASK.formatted("hi")).status())
                .isEqualTo(401);
        assertThat(product.http.get("/api/costs").status()).isEqualTo(401);
        assertThat(product.http
                        .get("/api/costs", "Authorization", "Bearer key-of-team-pink")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aTenantRemovesItsOwnAnswersOnly() {
        String red = ask("shared words", RED).header("X-Cache-Key");
        assertThat(ask("shared words", BLUE).header("X-Cache")).isEqualTo("MISS");
        String blue = ask("shared words", BLUE).header("X-Cache-Key");
        assertThat(blue).isNotEqualTo(red);

        assertThat(product.http.delete("/api/cache/" + blue, RED).status()).isEqualTo(404);
        assertThat(product.http.delete("/api/cache", RED).status()).isEqualTo(200);
        assertThat(ask("shared words", RED).header("X-Cache")).isEqualTo("MISS");
        assertThat(ask("shared words", BLUE).header("X-Cache")).isEqualTo("HIT");

        assertThat(product.http.delete("/api/cache", ADMIN).status()).isEqualTo(200);
        assertThat(ask("shared words", BLUE).header("X-Cache")).isEqualTo("MISS");
    }

    @Test
    void whatConcernsAllIsForAdmins() {
        for (String path :
                new String[] {"/api/cache/backup", "/api/cache/verify", "/api/cache/restore", "/api/reload"}) {
            Reply refused = product.http.post(path, "{\"name\": \"a\", \"stream\": false}", RED);
            assertThat(refused.status()).as(path).isEqualTo(403);
        }
        assertThat(product.http.get("/api/feedback", RED).status()).isEqualTo(403);
        assertThat(product.http.post("/api/reload", "", ADMIN).status()).isEqualTo(200);
        assertThat(product.http
                        .post("/api/cache/backup", "{\"name\": \"all\", \"stream\": false}", ADMIN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTenantSeesItsOwnBillAndJudgesItsOwnAnswers() {
        String id = ask("what a tenant pays for", RED).header("X-Request-Id");

        assertThat(product.http.get("/api/costs?by=key", RED).json().findValuesAsText("key"))
                .containsOnly("red");
        assertThat(product.http.get("/api/costs?by=key", ADMIN).json().findValuesAsText("key"))
                .contains("red");
        String verdict = "{\"request_id\": \"%s\", \"verdict\": \"good\"}".formatted(id);
        assertThat(product.http.post("/api/feedback", verdict, BLUE).status()).isEqualTo(404);
        assertThat(product.http.post("/api/feedback", verdict, RED).status()).isEqualTo(200);
    }
}
