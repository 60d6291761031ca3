package ai.orchestrator.server.harness;

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

/** A cache that does what another one does; to be overridden where a test wants to look on. */
public class CacheAround implements ResponseCache {
    private final ResponseCache cache;

    protected CacheAround(ResponseCache cache) {
        this.cache = cache;
    }

    @Override
    public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
        return cache.fingerprint(request, model, scope);
    }

    @Override
    public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
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
    public void replace(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        cache.replace(fingerprint, requestedModel, answer, policy, tags);
    }

    @Override
    public List<String> tiers() {
        return cache.tiers();
    }

    @Override
    public Removal remove(CacheKey key, Optional<String> scope) {
        return cache.remove(key, scope);
    }

    @Override
    public Removal removeAll(CacheSelector selector, Optional<String> tier) {
        return cache.removeAll(selector, tier);
    }
}
