package ai.orchestrator.server.keys;

import ai.orchestrator.server.harness.CacheAround;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A server that tells the keys of what it is asked, and keeps no answers. */
final class KeyServer implements AutoCloseable {
    final WholeServer server;
    private final Map<String, RequestFingerprint> keys = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    KeyServer() {
        this(WholeServer.ROUTES);
    }

    KeyServer(String routes) {
        server = WholeServer.with(routes, Recorder::new);
    }

    /** The key of a body that a path is sent; an error if the request is refused or not cached. */
    RequestFingerprint key(String path, String body, String... headers) {
        return tryKey(path, body, headers).orElseThrow(() -> new AssertionError("no key for " + path + " " + body));
    }

    /** The same; empty if the request is refused or not cached. */
    Optional<RequestFingerprint> tryKey(String path, String body, String... headers) {
        String id = "r" + requests.incrementAndGet();
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "X-Request-Id";
        all[headers.length + 1] = id;
        TestClient.Reply reply = server.client().post(path, body, all);
        if (reply.status() >= 500 && reply.status() != 501) {
            throw new AssertionError(reply.status() + " for " + path + " " + body + ": " + reply.body());
        }
        RequestFingerprint key = keys.remove(id);
        if (key != null && !reply.header("X-Cache-Key").equals(key.key().toString())) {
            throw new AssertionError("the reply names another key: " + reply.header("X-Cache-Key"));
        }
        return Optional.ofNullable(key).filter(known -> reply.status() == 200);
    }

    @Override
    public void close() {
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
