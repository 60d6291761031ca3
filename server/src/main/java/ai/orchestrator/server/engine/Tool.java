package ai.orchestrator.server.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that is run to its end. It does not outlive this process.
 *
 * @param command the program's path, and its arguments
 * @param environment variables beside those of this process
 * @param longest how long it may take
 */
record Tool(List<String> command, Map<String, String> environment, Duration longest) {
    Tool {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Runs it.
     *
     * @param lines gets each line that it writes, on another thread
     * @return its exit status
     * @throws IOException if it cannot be run, or takes too long
     */
    int run(Consumer<String> lines) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread hook = new Thread(() -> end(process), "end-tool");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            process.getOutputStream().close();
            FutureTask<Boolean> output = new FutureTask<>(() -> read(process, lines), true);
            // a read from a pipe would hold on to the carrier of a virtual thread
            Thread.ofPlatform().daemon().start(output);
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(name() + " takes longer than " + longest.toSeconds() + " s");
            }
            output.get();
            return process.exitValue();
        } catch (ExecutionException e) {
            throw new IOException("what " + name() + " says cannot be read", e);
        } finally {
            end(process);
            unhook(hook);
        }
    }

    private String name() {
        return String.valueOf(Path.of(command.getFirst()).getFileName());
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }
}
