package ai.orchestrator.server.keys;

import ai.orchestrator.server.harness.CacheAround;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A server that tells the keys of what it is asked, and keeps no answers. Asks over one connection, for one thread. */
final class KeyServer implements AutoCloseable {
    final WholeServer server;
    private final RawConnection connection;
    private final Map<String, RequestFingerprint> keys = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    KeyServer() {
        this(WholeServer.ROUTES);
    }

    KeyServer(String routes) {
        server = WholeServer.with(routes, Recorder::new);
        try {
            connection = new RawConnection(server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key of a body that a path is sent; an error if the request is refused or not cached. */
    RequestFingerprint key(String path, String body, String... headers) {
        return tryKey(path, body, headers).orElseThrow(() -> new AssertionError("no key for " + path + " " + body));
    }

    /** The same; empty if the request is refused or not cached. */
    Optional<RequestFingerprint> tryKey(String path, String body, String... headers) {
        String id = "r" + requests.incrementAndGet();
        List<String> lines = new ArrayList<>(List.of("X-Request-Id: " + id));
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(headers[i] + ": " + headers[i + 1]);
        }
        RawConnection.Reply reply = exchange(path, body, lines.toArray(String[]::new));
        boolean refused = reply.status().contains(" 4");
        if (!reply.status().contains(" 200 ") && !refused) {
            throw new AssertionError(reply.status() + " for " + path + " " + body + ": " + reply.body());
        }
        RequestFingerprint key = keys.remove(id);
        if (key != null && !key.key().toString().equals(reply.headers().get("x-cache-key"))) {
            throw new AssertionError("the reply names another key: " + reply.headers());
        }
        return Optional.ofNullable(key).filter(known -> !refused);
    }

    private RawConnection.Reply exchange(String path, String body, String... lines) {
        try {
            connection.post(path, body, lines);
            return connection.read();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " " + body, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.close();
    }

    /** Remembers the keys of requests by their ids, and no answers. */
    private final class Recorder extends CacheAround {
        Recorder(ResponseCache cache) {
            super(cache);
        }

        @Override
        public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
            RequestFingerprint key = super.fingerprint(request, model, scope);
            keys.put(request.requestId(), key);
            return key;
        }

        @Override
        public void store(
                RequestFingerprint fingerprint,
                String requestedModel,
                StoredAnswer answer,
                RequestPolicy policy,
                Set<String> tags) {}
    }
}
