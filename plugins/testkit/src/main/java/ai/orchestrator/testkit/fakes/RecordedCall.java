package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that a fake server got. */
public final class RecordedCall {
    private final String method;
    private final String path;
    private final String query;
    private final Headers headers;
    private final String body;
    private final int clientPort;
    private final CompletableFuture<Instant> aborted = new CompletableFuture<>();

    private RecordedCall(String method, String path, String query, Headers headers, String body, int clientPort) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.clientPort = clientPort;
    }

    static RecordedCall read(HttpExchange exchange, String path) throws IOException {
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        return new RecordedCall(
                exchange.getRequestMethod(),
                path,
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRemoteAddress().getPort());
    }

    public String method() {
        return method;
    }

    /** The path after the server's prefix. */
    public String path() {
        return path;
    }

    /** The raw query, empty if there is none. */
    public String query() {
        return query;
    }

    /** The query's names and values, decoded. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The first value of a header, if it was sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    public String body() {
        return body;
    }

    /** The port that the client called from: calls that share it shared a connection. */
    public int clientPort() {
        return clientPort;
    }

    /**
     * Waits until the client has hung up before the end of the reply, which a server notices only when it writes.
     *
     * @return when it was noticed; empty if that has not happened within {@code patience}
     */
    public Optional<Instant> awaitAbort(Duration patience) throws InterruptedException {
        try {
            return Optional.of(aborted.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    void abortedNow() {
        aborted.complete(Instant.now());
    }
}
