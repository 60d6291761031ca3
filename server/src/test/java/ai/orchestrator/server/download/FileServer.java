package ai.orchestrator.server.download;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A web server on this machine with one file, that behaves as well or as badly as a test wants. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    volatile byte[] content;
    volatile Path part = Path.of("");
    volatile boolean resumes = true;
    volatile int bytesBeforeBreak = Integer.MAX_VALUE;
    final AtomicInteger breaks = new AtomicInteger(Integer.MAX_VALUE);
    volatile Optional<String> etag = Optional.empty();

    FileServer(byte[] content) {
        this.content = content;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/file", this::file);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    URI uri() {
        return uri("/file");
    }

    /** Adds something else at another path. */
    void at(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    /** The range that each request for the file asked for; empty texts for the whole. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    /** Answers one request. */
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void file(HttpExchange exchange) throws IOException {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        ranges.add(range);
        Headers headers = exchange.getResponseHeaders();
        etag.ifPresent(tag -> headers.set("ETag", tag));
        Optional<String> ifRange =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range"));
        boolean partly = resumes && !range.isEmpty() && (ifRange.isEmpty() || ifRange.equals(etag));
        int start = partly ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        if (partly && start >= content.length) {
            headers.set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (partly) {
            headers.set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        int rest = content.length - start;
        exchange.sendResponseHeaders(partly ? 206 : 200, rest);
        OutputStream body = exchange.getResponseBody();
        if (rest > bytesBeforeBreak && breaks.getAndDecrement() > 0) {
            body.write(content, start, bytesBeforeBreak);
            body.flush();
            awaitArrival(start + bytesBeforeBreak);
            throw new IOException("the connection breaks");
        }
        body.write(content, start, rest);
        exchange.close();
    }

    /** A client may drop what it has received and not yet read when a connection breaks. */
    private void awaitArrival(int size) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (Files.size(part) < size && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
