package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;

/** Starts the assembled product in a home folder of its own. */
final class Product {
    private static final String MODEL = "bench:latest";

    private Product() {}

    /** One that runs the model with an engine of its own. */
    static HttpSubject with(Setup setup, Engine engine) throws IOException, InterruptedException {
        Home home = Home.with(setup, "product-" + engine.setting(), configuration(setup, engine))
                .withRoutes("""
                        routes:
                          - name: all
                            then: {model: "bench:latest"}
                        """)
                .withModel(setup.model(), "bench.gguf");
        Server server = Server.product(setup, home, Server.ANYWHERE);
        return HttpSubject.product("the product with " + engine.shown(), server.child(), server.base(), MODEL);
    }

    private static String configuration(Setup setup, Engine engine) {
        String binary = engine == Engine.SERVER
                ? "    server: {binary: \""
                        + setup.writing().llamaServer().orElseThrow().toAbsolutePath() + "\"}\n"
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
                """.formatted(
                        engine.setting(),
                        setup.writing().threads(),
                        Setup.Writing.CONTEXT,
                        Setup.Writing.PARALLEL,
                        binary,
                        MODEL);
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
