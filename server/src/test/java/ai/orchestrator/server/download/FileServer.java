package ai.orchestrator.server.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server whose answers a test writes. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The Range headers of all requests so far, empty where a request had none. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            ranges.add(String.join("", exchange.getRequestHeaders().getOrDefault("Range", List.of())));
            try (exchange) {
                answer.give(exchange);
            }
        });
    }

    /** Answers with the bytes, or with the part of them that is asked for. */
    static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        int from = from(exchange);
        if (from > bytes.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    /** Announces the bytes from where they are asked for, sends some of them and breaks off. */
    static void sendSome(HttpExchange exchange, byte[] bytes, int count) throws IOException {
        int from = from(exchange);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, count);
        exchange.getResponseBody().flush();
        throw new IOException("broken off on purpose");
    }

    private static int from(HttpExchange exchange) {
        String range = String.join("", exchange.getRequestHeaders().getOrDefault("Range", List.of("bytes=0-")));
        return Integer.parseInt(range.replaceAll("\\D", ""));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }
}
