package ai.orchestrator.server.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A registry on this machine that speaks Ollama's protocol, as well or as badly as a test wants. */
final class FakeRegistry implements AutoCloseable {
    private static final int NO_BREAK = Integer.MAX_VALUE;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    /** What was asked for, such as {@code GET /v2/library/tiny/manifests/latest}; a range follows. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The {@code Authorization} headers that came with requests for blobs. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** How many bytes of a blob go out before the connection breaks, this many times. */
    volatile int bytesBeforeBreak = NO_BREAK;

    final AtomicInteger breaks = new AtomicInteger();

    /** Requests that are answered by this status, this many times. */
    volatile int refusal = 503;

    final AtomicInteger refusals = new AtomicInteger();

    /** Whether manifests go out compressed. */
    volatile boolean compressed;

    /** Whether a request for a part of a blob gets the whole. */
    volatile boolean rangesIgnored;

    /** The token that requests need; empty for none. */
    volatile Optional<String> token = Optional.empty();

    /** Where a blob's request is sent on to. */
    volatile Optional<String> redirect = Optional.empty();

    /** Bytes that blobs go on with beyond their end. */
    volatile boolean endless;

    /** Holds blobs back until it is open, after their first bytes. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v2/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.createContext("/token", exchange -> {
            try (exchange) {
                requests.add("GET " + exchange.getRequestURI());
                send(exchange, 200, "{\"token\":\"good\"}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A model that is being put together. */
    final class Model {
        private final String path;
        private final List<String> layers = new ArrayList<>();
        private String config = "{\"model_format\":\"gguf\",\"model_family\":\"llama\"}";

        private Model(String path) {
            this.path = path;
        }

        Model layer(String type, byte[] bytes) {
            return layer(type, keep(bytes), bytes.length);
        }

        Model layer(String type, String text) {
            return layer(type, text.getBytes(StandardCharsets.UTF_8));
        }

        /** A layer of which the manifest says whatever the test wants. */
        Model layer(String type, String digest, long size) {
            layers.add("{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}");
            return this;
        }

        Model config(String json) {
            config = json;
            return this;
        }

        /** @return the manifest */
        byte[] publish() {
            byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
            return manifest(
                    path,
                    "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.MANIFEST + "\",\"config\":{\"mediaType\":\""
                            + MediaTypes.CONFIG + "\",\"digest\":\"" + keep(bytes) + "\",\"size\":" + bytes.length
                            + "},\"layers\":[" + String.join(",", layers) + "]}");
        }
    }

    /** @param path such as {@code library/tiny/manifests/latest} */
    Model model(String path) {
        return new Model(path);
    }

    byte[] manifest(String path, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        manifests.put("/v2/" + path, bytes);
        return bytes;
    }

    /** Keeps a blob under its sum. */
    String keep(byte[] bytes) {
        String digest = BlobDigest.of(bytes).toString();
        blobs.put(digest, bytes);
        return digest;
    }

    /** Gives other bytes for a digest. */
    void swap(String digest, byte[] bytes) {
        blobs.put(digest, bytes);
    }

    /** How often a blob was asked for. */
    long timesAsked(String digest) {
        return requests.stream().filter(request -> request.contains(digest)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        requests.add(exchange.getRequestMethod() + " " + path + (range.isEmpty() ? "" : " " + range));
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (token.isPresent() && !authorization.equals("Bearer " + token.get())) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + uri() + "/token\",service=\"fake\",scope=\"repository:tiny:pull\"");
            send(exchange, 401, new byte[0]);
            return;
        }
        if (refusals.getAndDecrement() > 0) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            send(exchange, refusal, new byte[0]);
            return;
        }
        if (manifests.containsKey(path)) {
            manifest(exchange, manifests.get(path));
            return;
        }
        String digest = path.substring(path.lastIndexOf('/') + 1);
        authorizations.add(authorization);
        if (redirect.isPresent()) {
            exchange.getResponseHeaders().set("Location", redirect.get() + path);
            send(exchange, 307, new byte[0]);
        } else if (blobs.containsKey(digest)) {
            blob(exchange, blobs.get(digest), range);
        } else {
            send(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void manifest(HttpExchange exchange, byte[] content) throws IOException {
        if (!compressed) {
            send(exchange, 200, content);
            return;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(exchange, 200, packed.toByteArray());
    }

    private void blob(HttpExchange exchange, byte[] content, String range) throws IOException {
        int start = range.isEmpty() || rangesIgnored ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (start > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        int rest = content.length - start;
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, endless ? 0 : rest);
        OutputStream body = exchange.getResponseBody();
        if (rest > bytesBeforeBreak && breaks.getAndDecrement() > 0) {
            body.write(content, start, bytesBeforeBreak);
            body.flush();
            throw new IOException("the connection breaks");
        }
        int first = Math.min(rest, 1000);
        body.write(content, start, first);
        body.flush();
        awaitGate();
        body.write(content, start + first, rest - first);
        while (endless) {
            body.write(new byte[1 << 16]);
        }
    }

    private void awaitGate() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        endless = false;
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
