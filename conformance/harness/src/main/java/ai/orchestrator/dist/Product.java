package ai.orchestrator.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The assembled product, running in a home folder of its own. */
public final class Product implements AutoCloseable {
    private static final Path TREE = Path.of(System.getProperty("orchestrator.tree", "target/orchestrator"));
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    /** What speaks to it. */
    public final Http http;

    private Product(Process process, Path log, Http http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    /** A home folder with the configuration as shipped, the plugins as built, and the models of this checkout. */
    public static Path home(Path folder) {
        try {
            Files.createDirectories(folder.resolve("config"));
            for (String file : List.of("orchestrator.yaml", "routes.yaml")) {
                Files.copy(
                        TREE.resolve("config").resolve(file),
                        folder.resolve("config").resolve(file));
            }
            Files.createSymbolicLink(
                    folder.resolve("plugins"), TREE.resolve("plugins").toAbsolutePath());
            Files.createSymbolicLink(folder.resolve("models"), TestModel.folder());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the product and waits until it answers. */
    public static Product start(Path home, Map<String, String> environment) {
        return start(home, environment, Integer.toString(freePort()));
    }

    /** Starts the product at a port and waits until it answers. */
    public static Product start(Path home, Map<String, String> environment, String port) {
        Path log = home.resolve("server.log");
        Process process = launch(home, environment, log, "serve", "--port", port);
        Product product = new Product(process, log, new Http("http://127.0.0.1:" + port));
        Instant deadline = Instant.now().plus(START);
        while (!product.http.answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new AssertionError("the product did not start:\n" + product.log());
            }
            pause();
        }
        return product;
    }

    /** Runs the command-line program to its end. */
    public static Outcome run(Path home, Map<String, String> environment, String... arguments) {
        Path out = home.resolve("run.log");
        Process process = launch(home, environment, out, arguments);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running:\n" + Files.readString(out));
            }
            return new Outcome(process.exitValue(), Files.readString(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How a run of the command-line program ended. */
    public record Outcome(int exit, String output) {}

    /** The processes that the server has started. */
    public List<ProcessHandle> workers() {
        return process.descendants().toList();
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = workers();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the product did not stop:\n" + log());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (ProcessHandle worker : workers) {
            worker.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits a moment. */
    public static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Process launch(Path home, Map<String, String> environment, Path log, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(TREE.resolve("bin/orchestrator").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> defaults = new HashMap<>(Map.of("ORCHESTRATOR_HOME", home.toString(), "REDIS_URL", ""));
        defaults.putAll(environment);
        List.of("HOST", "PORT", "OLLAMA_HOST").forEach(builder.environment()::remove);
        builder.environment().putAll(defaults);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
