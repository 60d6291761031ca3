package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** One request and its reply, for one thread. */
public final class Exchange {
    /** What Ollama calls its JSON. */
    public static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");

    /** One JSON object a line. */
    public static final Header NDJSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/x-ndjson");

    /** Plain text. */
    public static final Header TEXT = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");

    /** Replies within this time are not worth a look after the client. */
    private static final long SHORT_NANOS = 200_000_000;

    private final ServerRequest request;
    private final ServerResponse response;
    private final String requestId;
    private final long startedNanos = System.nanoTime();
    private Optional<OutputStream> stream = Optional.empty();

    Exchange(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
        this.requestId = RequestIds.of(request.headers());
        response.header(ReplyHeaders.requestId(requestId));
    }

    /** Names the request; sent to the client as {@code X-Request-Id}. */
    public String requestId() {
        return requestId;
    }

    /** How long ago the request came. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /**
     * The body, which has to be a JSON object.
     *
     * @throws HttpProblem if it is larger than {@code maxBytes}, empty, or anything else
     */
    public JsonBody jsonBody(long maxBytes) {
        return JsonBody.parse(body(maxBytes));
    }

    /**
     * The body's bytes, unpacked.
     *
     * @throws HttpProblem if there are more than {@code maxBytes}
     */
    public byte[] body(long maxBytes) {
        return RequestBody.read(request, maxBytes);
    }

    /**
     * The body as it comes, of any length. Reading it fails with {@link io.helidon.webserver.CloseConnectionException} when the client breaks off.
     *
     * @throws HttpProblem if it is packed
     */
    public InputStream body() {
        if (BodyEncoding.of(request.headers()) != BodyEncoding.NONE) {
            throw new HttpProblem(415, "an upload is not taken packed: send it plain");
        }
        return new UploadStream(request.content().inputStream());
    }

    /** A header's value, several joined by commas; empty if it is not there. */
    public String header(HeaderName name) {
        return request.headers().contains(name)
                ? String.join(", ", request.headers().values(name))
                : "";
    }

    /** A variable of the path. */
    public String pathVariable(String name) {
        return request.path().pathParameters().get(name);
    }

    /** The query's parameters. */
    public UriQuery query() {
        return request.query();
    }

    /** What the client asks of the cache. */
    public CacheControl cacheControl() {
        return CacheHeaders.read(request.headers());
    }

    /** Who asks. */
    public Caller caller() {
        return Callers.of(request.headers(), ApiKeys.TENANT.orElse(""));
    }

    /**
     * Fails once the client of a request that takes its time has closed its connection. Cheap enough to be called at each piece of an answer.
     *
     * @throws PluginFailure.Cancelled if nobody waits for the reply any more
     */
    public void requireClient() {
        if (System.nanoTime() - startedNanos > SHORT_NANOS
                && Inbound.CURRENT.isBound()
                && Inbound.CURRENT.get().isClosed()) {
            throw new PluginFailure.Cancelled();
        }
    }

    /** Has something run, on any thread, as soon as the client of this request has closed its connection; at once if it has. */
    public void onLeave(Runnable action) {
        if (Inbound.CURRENT.isBound()) {
            Inbound.CURRENT.get().onClosed(action);
        }
    }

    /** The reply before it is sent, for streams and headers. */
    public ServerResponse response() {
        return response;
    }

    /** Whether anything of the reply has gone out. */
    boolean begun() {
        return stream.isPresent() || response.isSent();
    }

    /** Where the reply's body goes piece by piece; the headers are fixed from now on. */
    OutputStream beginStream() {
        if (stream.isEmpty()) {
            closeIfBodyIsHeldBack();
            stream = Optional.of(response.outputStream());
        }
        return stream.get();
    }

    /** Sends a JSON reply with status 200. */
    public void sendJson(byte[] body) {
        send(200, JSON, body);
    }

    /** Sends a whole reply. */
    public void send(int status, Header contentType, byte[] body) {
        response.header(contentType);
        send(status, body);
    }

    /** Sends a whole reply whose type is set, or that has none. */
    public void send(int status, byte[] body) {
        if (status != 200) {
            response.status(status == 499 ? Status.create(499, "Client Closed Request") : Status.create(status));
        }
        closeIfBodyIsHeldBack();
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
            response.send();
            return;
        }
        response.send(body);
    }

    /** Sends an error reply in a surface's shape. */
    public void sendProblem(HttpProblem problem, ErrorStyle style) {
        Optional<Duration> retryAfter = problem.retryAfter();
        if (retryAfter.isPresent()) {
            long seconds = Math.max(1, retryAfter.get().plusMillis(999).toSeconds());
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds));
        }
        ErrorStyle own = style.forReply(response::header);
        send(problem.status(), own.contentType(), own.body(problem));
    }

    /** A client that still waits for leave to send its body must not send it after the reply. */
    private void closeIfBodyIsHeldBack() {
        if (request.headers().contains(HeaderNames.EXPECT)
                && request.headers().containsToken(HeaderValues.EXPECT_100)
                && !request.continueSent()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
