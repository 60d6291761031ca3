package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules change under load: no request fails, and a file that does not hold changes nothing. */
class RulesReloadIT {
    private static final String RULES = """
            routes:
              - {name: %s, when: {model: bound}, then: {model: openrouter/auto}}
              - {name: auto, when: {model: auto}, then: {model: openrouter/auto}}
              - {name: rest, then: {model: requested}}
            """;

    @TempDir
    Path folder;

    @Test
    void noRequestFailsWhileTheRulesChange() throws Exception {
        Path home = Product.home(folder);
        Path routes = home.resolve("config/routes.yaml");
        Files.writeString(routes, RULES.formatted("first"));
        try (FakeOpenRouter cloud = new FakeOpenRouter(0);
                Product product = Product.start(
                        home,
                        Map.of(
                                "OPENROUTER_API_KEY",
                                "sk-test-1",
                                "OPENROUTER_BASE_URL",
                                cloud.url().toString()));
                Load load = new Load(product.http, "bound")) {
            load.goOn(50);
            for (int i = 0; i < 20; i++) {
                Files.writeString(routes, RULES.formatted("route-" + i));
                Reply reloaded = product.http.post("/api/reload", "");
                assertThat(reloaded.status()).as(reloaded.body()).isEqualTo(200);
                assertThat(route(product, i)).isEqualTo("route-" + i);

                Files.writeString(routes, "routes: [{name: broken, then: {modle: x}}]");
                Reply refused = product.http.post("/api/reload", "");
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.json().path("error").asText()).contains("routes.yaml:1", "did you mean 'model'?");
                assertThat(route(product, 100 + i)).isEqualTo("route-" + i);
                load.goOn(10);
            }
            Files.writeString(routes, RULES.formatted("by-itself"));
            while (!route(product, 1).equals("by-itself")) {
                load.goOn(1);
            }
            assertThat(load.failures()).isEmpty();
            assertThat(product.log()).contains("route 'route-0' is gone", "unknown key 'modle'");
        }
    }

    private static String route(Product product, int number) throws IOException {
        return product.http
                .post("/api/analyze", "{\"model\": \"bound\", \"prompt\": \"question %d\"}".formatted(number))
                .json()
                .path("rule")
                .asText();
    }
}
