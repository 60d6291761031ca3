package ai.orchestrator.server.replay;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells how many requests that found nothing stored wait for an answer in the making. */
final class JoinWatch implements ResponseCache {
    private final ResponseCache cache;
    private final Set<Thread> asking = ConcurrentHashMap.newKeySet();

    JoinWatch(ResponseCache cache) {
        this.cache = cache;
    }

    /** Waits until so many requests wait. */
    void awaitWaiting(int count) {
        while (asking.stream()
                        .filter(thread -> thread.getState() == Thread.State.WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    /** Begins to count anew. */
    void forget() {
        asking.clear();
    }

    @Override
    public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
        return cache.fingerprint(request, model, scope);
    }

    @Override
    public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
        asking.add(Thread.currentThread());
        return cache.find(fingerprint, policy, asked);
    }

    @Override
    public void store(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        cache.store(fingerprint, requestedModel, answer, policy, tags);
    }

    @Override
    public List<String> tiers() {
        return cache.tiers();
    }

    @Override
    public boolean remove(CacheKey key) {
        return cache.remove(key);
    }

    @Override
    public long removeAll(CacheSelector selector, Optional<String> tier) {
        return cache.removeAll(selector, tier);
    }
}
