package ai.orchestrator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes down what each client could do: a line of client, check and outcome for every test of a class annotated with {@link Client}. A test
 * without {@link Shows} counts to the client's own suite.
 */
public final class Scoreboard implements TestWatcher {
    /** The check that tests of the client's own suite count to. */
    public static final String OWN = "own tests";

    private static final Path FILE = Path.of(System.getProperty("orchestrator.scores", "target/scores.tsv"));

    static {
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one outcome down. */
    public static synchronized void record(String client, String check, boolean passed) {
        try {
            Files.write(
                    FILE,
                    List.of(client + "\t" + check + "\t" + (passed ? "passed" : "failed")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, true);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, false);
    }

    private static void record(ExtensionContext context, boolean passed) {
        Optional.ofNullable(context.getRequiredTestClass().getAnnotation(Client.class))
                .ifPresent(client -> {
                    Shows shows = context.getRequiredTestMethod().getAnnotation(Shows.class);
                    record(client.value(), shows == null ? OWN : shows.value(), passed);
                });
    }
}
