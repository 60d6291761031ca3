package ai.orchestrator.cache.redis;

import ai.orchestrator.testkit.Eventually;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server in a process and a folder of its own, on the loopback interface. It is the one on the PATH, or else the one that
 * comes with the embedded-redis library.
 */
final class RedisProcess implements AutoCloseable {
    private static final File EXECUTABLE = executable();

    private final Process process;

    private RedisProcess(Process process) {
        this.process = process;
    }

    /** @param options lines as in {@code redis.conf}; returns once it answers */
    static RedisProcess server(int port, List<String> options) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("save \"\"", "appendonly no", "maxmemory 100mb", "maxmemory-policy allkeys-lru"));
        lines.addAll(options);
        return start(port, lines, List.of());
    }

    /** @param options lines as in {@code sentinel.conf}; returns once it answers */
    static RedisProcess sentinel(int port, List<String> options) throws IOException {
        return start(port, options, List.of("--sentinel"));
    }

    private static RedisProcess start(int port, List<String> options, List<String> arguments) throws IOException {
        Path folder = Files.createTempDirectory("redis-test");
        List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + folder));
        lines.addAll(options);
        Path config = Files.write(folder.resolve("redis.conf"), lines);
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString(), config.toString()));
        command.addAll(arguments);
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Eventually.await("redis-server to answer at " + port, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("redis-server did not start: " + text(log.toPath()));
            }
            return answers(port);
        });
        return new RedisProcess(process);
    }

    /** Stops it from running, as a machine that hangs does; its sockets stay. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets it run again. */
    void thaw() throws Exception {
        signal("CONT");
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** A port that nobody listens on, and with 10000 added, for a cluster's own connections, neither. */
    static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port + 10_000 <= 65535) {
                    new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress()).close();
                    return port;
                }
            } catch (IOException e) {
                // the other port is taken: the next pair, then
            }
        }
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static File executable() {
        Optional<File> onPath = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, "redis-server"))
                .filter(File::canExecute)
                .findFirst();
        try {
            return onPath.isPresent()
                    ? onPath.get()
                    : ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new IllegalStateException("no redis-server", e);
        }
    }
}
