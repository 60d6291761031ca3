package ai.orchestrator.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that is measured. It is ended with all that it has started, also if the benchmark itself is. */
public final class Child implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    /** What would have the product do something else than its configuration says. */
    private static final List<String> NOT_INHERITED = List.of(
            "HOST",
            "PORT",
            "OLLAMA_HOST",
            "REDIS_URL",
            "SQLITE_PATH",
            "CACHE_PROBABILITY",
            "OPENROUTER_API_KEY",
            "ORCHESTRATOR_JAVA_OPTS",
            "ORCHESTRATOR_CLASSES");

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final Path log;
    private final Thread hook;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        hook = new Thread(() -> end(process), "end-child");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one.
     *
     * @param log takes what it writes to standard error, and to standard output too unless that is read
     */
    public static Child start(List<String> command, Map<String, String> environment, Path log, boolean readsOutput)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.redirectErrorStream(!readsOutput);
        if (!readsOutput) {
            builder.redirectOutput(log.toFile());
        }
        NOT_INHERITED.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return new Child(builder.start(), log);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public Process process() {
        return process;
    }

    /** What it has written to its log so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    /** How long it has computed since it began, on all processors together. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** How much of the machine's memory it holds, in bytes. Needs Linux. */
    public long residentBytes() throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"));
        Matcher resident = RESIDENT.matcher(status);
        if (!resident.find()) {
            throw new IOException("the system does not tell how much memory a process holds");
        }
        return Long.parseLong(resident.group(1)) << 10;
    }

    /** Waits until an address answers with 200. */
    public void await(URI uri) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, uri)) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("a process did not start:\n" + Files.readString(log));
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static boolean answers(HttpClient client, URI uri) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(START).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        end(process);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
