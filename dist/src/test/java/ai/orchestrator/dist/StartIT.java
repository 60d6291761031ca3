package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
    @TempDir
    Path folder;

    @Test
    void aBadConfigurationStopsTheStartWithItsPlace() throws IOException {
        Path home = Product.home(folder);
        change(home, "orchestrator.yaml", "  tiers:", "  tires:");

        Product.Outcome outcome = Product.run(home, Map.of(), "serve");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("orchestrator.yaml:")
                .contains("tires")
                .contains("tiers");
    }

    @Test
    void badRulesStopTheStartWithTheirPlace() throws IOException {
        Path home = Product.home(folder);
        change(home, "routes.yaml", "complexity: low", "complexity: lowish");

        Product.Outcome outcome = Product.run(home, Map.of(), "serve");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("routes.yaml:").contains("lowish");
    }

    @Test
    void aConfiguredPluginThatIsMissingOrBrokenStopsTheStart() throws IOException {
        Path home = Product.home(folder);
        Path plugins = home.resolve("plugins").toRealPath();
        Files.delete(home.resolve("plugins"));
        Files.createDirectories(home.resolve("plugins"));
        for (Path zip : list(plugins)) {
            if (!zip.getFileName().toString().startsWith("classifier")) {
                Files.copy(zip, home.resolve("plugins").resolve(zip.getFileName()));
            }
        }
        Files.writeString(home.resolve("plugins/cache-sqlite-0.1.0-plugin.zip"), "no zip");

        Product.Outcome outcome = Product.run(home, Map.of(), "serve");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("tribuo").contains("sqlite");
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws IOException {
        Path home = Product.home(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Product.Outcome outcome =
                    Product.run(home, Map.of(), "serve", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.output()).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void withoutAModelTheServerStartsAndSaysHowToGetOne() throws IOException {
        Path home = Product.home(folder);
        Files.delete(home.resolve("models"));
        Files.createDirectories(home.resolve("models"));
        Files.writeString(home.resolve("models/broken.gguf"), "GGUF, but not really");
        try (Product product = Product.start(home, Map.of())) {
            Reply auto =
                    product.http.post("/api/generate", "{\"model\": \"auto\", \"prompt\": \"Hi\", \"stream\": false}");
            assertThat(auto.status()).isEqualTo(503);
            assertThat(auto.json().get("error").asText()).contains("download");

            Reply named = product.http.post("/api/generate", "{\"model\": \"smollm2:135m\", \"prompt\": \"Hi\"}");
            assertThat(named.status()).isEqualTo(404);
            assertThat(named.json().get("error").asText()).startsWith("model 'smollm2:135m' not found");

            assertThat(product.http.get("/api/ready").status()).isEqualTo(503);
            assertThat(product.http
                            .post("/api/embed", "{\"model\": \"all-minilm\", \"input\": \"a\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theProgramSaysWhenItIsUsedWrongly() {
        Path home = Product.home(folder);
        assertThat(Product.run(home, Map.of(), "serve", "--prot", "1").exit()).isEqualTo(2);
        assertThat(Product.run(home, Map.of(), "config", "check", "--json").exit())
                .isZero();
    }

    private static void change(Path home, String file, String from, String to) throws IOException {
        Path path = home.resolve("config").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".zip")).toList();
        }
    }
}
