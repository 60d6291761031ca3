package ai.orchestrator.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A {@code redis-server} that keeps nothing on disk, and what can befall one. */
public final class RedisServer implements AutoCloseable {
    /** Why there is none. */
    public static final String MISSING = "there is no 'redis-server' on the PATH; --redis names one";

    private static final long START_MILLIS = 10_000;
    private static final long POLL_MILLIS = 10;
    private static final int PATIENCE_MILLIS = 5_000;

    private final Setup setup;
    private final int port;
    private Child child;

    private RedisServer(Setup setup, int port, Child child) {
        this.setup = setup;
        this.port = port;
        this.child = child;
    }

    /** Starts one on a free port, and waits until it answers. */
    public static RedisServer start(Setup setup) throws IOException, InterruptedException {
        int port = Child.freePort();
        RedisServer server = new RedisServer(setup, port, begin(setup, port));
        server.await();
        return server;
    }

    public int port() {
        return port;
    }

    /** Ends it as an operator would. */
    public void stop() {
        child.close();
    }

    /** Starts it again on its port, empty. */
    public void restart() throws IOException, InterruptedException {
        child = begin(setup, port);
        await();
    }

    /** Has it stand still: connections stay open and nothing is answered. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Has it refuse to store anything more. */
    public void fill() throws IOException {
        command("CONFIG SET maxmemory-policy noeviction");
        command("CONFIG SET maxmemory 1");
    }

    public void makeRoom() throws IOException {
        command("CONFIG SET maxmemory 0");
    }

    /** Ends it, even if it stands still. */
    @Override
    public void close() {
        child.process().destroyForcibly();
        child.close();
    }

    private static Child begin(Setup setup, int port) throws IOException {
        Path binary = setup.loading().redis().orElseThrow(() -> new IOException(MISSING));
        return Child.start(
                List.of(
                        binary.toString(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        setup.folder().toString()),
                Map.of(),
                setup.folder().resolve("redis-" + port + ".log"),
                false);
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_MILLIS * 1_000_000;
        while (true) {
            try {
                command("PING");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("Redis did not start:\n" + child.said(), e);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private void command(String inline) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((inline + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String reply = String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
            if (!reply.startsWith("+")) {
                throw new IOException("Redis answered '" + inline + "' with '" + reply + "'");
            }
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + name, String.valueOf(child.process().pid()))
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("Redis could not be sent SIG" + name);
        }
    }
}
