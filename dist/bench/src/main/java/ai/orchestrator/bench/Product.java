package ai.orchestrator.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the assembled product in a home folder of its own. */
final class Product {
    private static final String MODEL = "bench:latest";

    private Product() {}

    /** One that runs the model with an engine of its own. */
    static HttpSubject with(Setup setup, Engine engine) throws IOException, InterruptedException {
        Path home = Files.createDirectories(setup.folder().resolve("product-" + engine.setting()));
        Path config = Files.createDirectories(home.resolve("config"));
        Files.createSymbolicLink(
                home.resolve("plugins"), setup.tree().resolve("plugins").toAbsolutePath());
        Files.createSymbolicLink(
                Files.createDirectories(home.resolve("models")).resolve("bench.gguf"),
                setup.model().toAbsolutePath());
        Files.writeString(config.resolve("orchestrator.yaml"), configuration(setup, engine));
        Files.writeString(config.resolve("routes.yaml"), """
                routes:
                  - name: all
                    then: {model: "bench:latest"}
                """);
        int port = Child.freePort();
        Child child = Child.start(
                List.of(setup.tree().resolve("bin/orchestrator").toString(), "serve", "--port", String.valueOf(port)),
                Map.of("ORCHESTRATOR_HOME", home.toString()),
                home.resolve("server.log"),
                false);
        URI base = URI.create("http://127.0.0.1:" + port);
        child.await(base.resolve("/api/version"));
        return HttpSubject.product("the product with " + engine.shown(), child, base, MODEL);
    }

    private static String configuration(Setup setup, Engine engine) {
        String binary = engine == Engine.SERVER
                ? "    server: {binary: \"" + setup.llamaServer().orElseThrow().toAbsolutePath() + "\"}\n"
                : "";
        return """
                cache: {tiers: [{kind: memory}]}
                classifier: {kind: rules}
                models:
                  - kind: llamacpp
                    folder: models
                    engine: %s
                    threads: %d
                    context: %d
                    parallel: %d
                    keep_alive: "-1"
                %s    models: [{name: "%s", file: bench.gguf}]
                """.formatted(engine.setting(), setup.threads(), Setup.CONTEXT, Setup.PARALLEL, binary, MODEL);
    }

    /** What the product runs a model with. */
    enum Engine {
        EMBEDDED("embedded", "the embedded engine"),
        SERVER("server", "llama-server");

        private final String setting;
        private final String shown;

        Engine(String setting, String shown) {
            this.setting = setting;
            this.shown = shown;
        }

        String setting() {
            return setting;
        }

        String shown() {
            return shown;
        }
    }
}
