package ai.orchestrator.server.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site on this machine that counts who connects and notes what is asked. */
public final class LoopbackSite implements AutoCloseable {
    /** Writes an answer, head and all. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    public final AtomicInteger accepts = new AtomicInteger();
    /** The heads of all requests. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public LoopbackSite() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public HostAndPort host() {
        return new HostAndPort("127.0.0.1", port());
    }

    public LoopbackSite on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public LoopbackSite on(String path, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return on(path, out -> {
            out.write(head(200, "Content-Type: " + type, "Content-Length: " + bytes.length));
            out.write(bytes);
        });
    }

    public LoopbackSite moved(String path, int status, String location) {
        return on(path, out -> out.write(head(status, "Location: " + location, "Content-Length: 0")));
    }

    public static byte[] head(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                accepts.incrementAndGet();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
            if (lines.isEmpty()) {
                return;
            }
            requests.add(String.join("\n", lines));
            answers.getOrDefault(lines.getFirst().split(" ", -1)[1], out -> out.write(head(404, "Content-Length: 0")))
                    .write(client.getOutputStream());
        } catch (IOException e) {
            // whoever asked has left
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
