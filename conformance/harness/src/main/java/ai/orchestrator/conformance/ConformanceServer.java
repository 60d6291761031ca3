package ai.orchestrator.conformance;

import ai.orchestrator.dist.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** One product for all tests of a Java machine, with the local models and, through {@code model-openai}, one that knows the answers. */
public final class ConformanceServer {
    /** A model that calls tools, reads images and knows what clients' own tests ask. */
    public static final String SCRIPTED = "scripted";
    /** The same under another name. */
    public static final String OTHER = "scripted-other";
    /** The same with search results: its replies tell their sources, and the text ends with a list of them. */
    public static final String SOURCED = "sourced";
    /** What such a text ends with where it is asked for the capital of Germany. */
    public static final String SOURCES = "\n\nSources:\n[1] Germany - doc:germany.md";

    private static final String MODELS = "\nmodels:\n";
    private static final String SCRIPTED_MODELS = """

            models:
              - kind: openai
                url: SCRIPTED_URL
                capabilities: [completion, tools, vision]
                price: {prompt: 0, completion: 0}
                models:
                  - id: scripted
                  - id: scripted-other
            """;

    private static final String ROUTES = "\nroutes:\n";
    private static final String SOURCED_ROUTE =
            "  - {name: sourced, when: {model: sourced}, then: {model: scripted, search: true, sources: list}}\n";
    private static final Duration INDEXED = Duration.ofSeconds(60);

    /** What runs, made when it is first asked for. */
    private static final class Running {
        private static final ScriptedServer SCRIPTED = new ScriptedServer();
        private static final Product PRODUCT = start(SCRIPTED);
    }

    private ConformanceServer() {}

    /** The product's address, without a slash at the end; the first call starts it. */
    public static String url() {
        return Running.PRODUCT.http.base;
    }

    /** Where a picture can be had, which is no part of the product. */
    public static String pictureUrl() {
        return Running.SCRIPTED.url() + "/picture.png";
    }

    private static Product start(ScriptedServer scripted) {
        try {
            Path folder = Files.createTempDirectory("conformance");
            Path home = Product.home(folder);
            Path config = home.resolve("config/orchestrator.yaml");
            String yaml = Files.readString(config);
            if (!yaml.contains(MODELS)) {
                throw new AssertionError("the shipped configuration has no models");
            }
            Files.writeString(
                    config,
                    yaml.replace(
                            MODELS,
                            SCRIPTED_MODELS.replace(
                                    "SCRIPTED_URL", scripted.url().toString())));
            Path routes = home.resolve("config/routes.yaml");
            Files.writeString(routes, Files.readString(routes).replace(ROUTES, ROUTES + SOURCED_ROUTE));
            Path documents = Files.createDirectories(home.resolve("data/documents"));
            Files.writeString(documents.resolve("germany.md"), "# Germany\n\nThe capital of Germany is Berlin.\n");
            Product product = Product.start(home, Map.of("OPENROUTER_API_KEY", ""));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                product.close();
                scripted.close();
                delete(folder);
            }));
            awaitDocuments(product);
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitDocuments(Product product) {
        Instant deadline = Instant.now().plus(INDEXED);
        while (product.http
                .post("/api/search", "{\"query\":\"capital of Germany\"}")
                .json()
                .path("results")
                .isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("the documents were not found:\n" + product.log());
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
