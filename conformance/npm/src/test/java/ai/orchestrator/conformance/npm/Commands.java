package ai.orchestrator.conformance.npm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of Node in this module's folder. */
final class Commands {
    private static final long MINUTES = 3;

    private Commands() {}

    /** What the program printed; it has to end well and in time. */
    static String run(Map<String, String> environment, String... command) {
        try {
            Path printed = Files.createTempFile("printed", ".txt");
            try {
                return run(environment, printed, command);
            } finally {
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String run(Map<String, String> environment, Path printed, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        Process process = start(builder);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " still runs:\n" + Files.readString(printed));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue() + ":\n"
                    + Files.readString(printed));
        }
        return Files.readString(printed);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "the clients from npm need Node 20 or newer with npm on PATH, and '"
                            + builder.command().getFirst() + "' is not there",
                    e);
        }
    }
}
