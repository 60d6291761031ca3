package ai.orchestrator.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder that the product runs in: configuration, data and models of its own, and the plugins of the assembled tree. */
public record Home(Path folder) {
    private static final String MAIN = "orchestrator.yaml";

    /** One with the shipped configuration. */
    public static Home shipped(Setup setup, String name) throws IOException {
        Path folder = Files.createDirectories(setup.folder().resolve(name));
        Files.createSymbolicLink(
                folder.resolve("plugins"), setup.tree().resolve("plugins").toAbsolutePath());
        Files.createDirectories(folder.resolve("models"));
        Files.createDirectories(folder.resolve("data"));
        Path config = Files.createDirectories(folder.resolve("config"));
        try (Stream<Path> files = Files.list(setup.tree().resolve("config"))) {
            for (Path file : files.toList()) {
                Files.copy(file, config.resolve(file.getFileName()));
            }
        }
        return new Home(folder);
    }

    /** One with an {@code orchestrator.yaml} of its own, and the shipped routes. */
    public static Home with(Setup setup, String name, String configuration) throws IOException {
        Home home = shipped(setup, name);
        Files.writeString(home.config().resolve(MAIN), configuration);
        return home;
    }

    /** The same with rules of its own. */
    public Home withRoutes(String routes) throws IOException {
        Files.writeString(config().resolve("routes.yaml"), routes);
        return this;
    }

    /** The same with a model's file under a name. */
    public Home withModel(Path model, String name) throws IOException {
        Files.createSymbolicLink(folder.resolve("models").resolve(name), model.toAbsolutePath());
        return this;
    }

    public Path data() {
        return folder.resolve("data");
    }

    private Path config() {
        return folder.resolve("config");
    }

    /** The command that starts the product. */
    List<String> command(Setup setup, int port) {
        return List.of(setup.tree().resolve("bin/orchestrator").toString(), "serve", "--port", String.valueOf(port));
    }
}
