package ai.orchestrator.rerank.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.search.http.Fetcher;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Asks a server for scores. Its health is how the last call went. */
final class HttpReranker implements TextReranker {
    static final String SERVICE = "The reranker";

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Set<String> OWN = Set.of("127.0.0.1", "::1", "localhost");
    private static final int MOST_AT_ONCE = 16;

    private final RerankSettings settings;
    private final String userAgent;
    private final RerankReplies replies;
    private final Fetcher fetcher = new Fetcher(SERVICE, MOST_AT_ONCE);
    private final AtomicReference<Health> health = new AtomicReference<>(Health.up());
    private volatile boolean closed;

    HttpReranker(RerankSettings settings, String userAgent) {
        this.settings = settings;
        this.userAgent = userAgent;
        this.replies = new RerankReplies(settings.apiKey());
    }

    @Override
    public Scores score(String query, List<String> texts, Duration deadline) {
        if (closed) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, SERVICE + " has been closed.");
        }
        if (!deadline.isPositive()) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "There was no time left to ask the reranker.");
        }
        try {
            Reply reply = fetcher.fetch(request(query, texts), deadline);
            Scores scores = replies.scores(reply, texts.size());
            health.set(Health.up());
            return scores;
        } catch (PluginFailure failure) {
            if (!Thread.currentThread().isInterrupted()) {
                health.set(
                        failure instanceof PluginFailure.Permanent
                                ? Health.down(failure.getMessage())
                                : Health.degraded(failure.getMessage()));
            }
            throw failure;
        }
    }

    private Request request(String query, List<String> texts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        settings.model().ifPresent(model -> body.put("model", model));
        body.put("query", query);
        ArrayNode documents = body.putArray("documents");
        texts.forEach(documents::add);
        body.put("top_n", texts.size());
        Request.Builder request = new Request.Builder()
                .url(settings.url())
                .header("User-Agent", userAgent)
                .header("Accept", "application/json")
                .post(RequestBody.create(body.toString(), JSON));
        settings.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request.build();
    }

    /** Where the server is this machine. */
    @Override
    public boolean isLocal() {
        return OWN.contains(settings.url().host());
    }

    @Override
    public Health health() {
        return health.get();
    }

    @Override
    public void close() {
        closed = true;
        fetcher.close();
    }
}
