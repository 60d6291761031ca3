package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stored answers, in tiers. No method fails because a tier does. */
public interface ResponseCache {
    /** The name of a request in the cache, seen by the callers of one scope. */
    RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope);

    /**
     * The answer to the request of this fingerprint, from the first tier that has it; tiers above get a copy.
     *
     * @param asked what the client says of it, beside what the policy says
     */
    Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked);

    /**
     * Keeps an answer: in memory at once, in the other tiers soon.
     *
     * @param requestedModel the full name that removal by model goes by
     * @param tags labels for removal by tag
     */
    void store(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags);

    /** Keeps an answer in place of an older one, which is not served any more even by a tier that does not take the new one. */
    void replace(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags);

    /** The tiers' names, in the order they are asked. */
    List<String> tiers();

    /**
     * Removes the entry under a key from all tiers.
     *
     * @param scope the one that it has to be of; empty for any. What is of another scope stays, and does not count
     */
    Removal remove(CacheKey key, Optional<String> scope);

    /**
     * Removes what the selector matches.
     *
     * @param tier the tier to remove from; empty for all
     */
    Removal removeAll(CacheSelector selector, Optional<String> tier);

    /**
     * What became of a removal.
     *
     * @param removed how many entries are gone, an entry in two tiers counted twice
     * @param owing tiers that could not be reached; they serve nothing before they have removed it, too
     */
    record Removal(long removed, List<String> owing) {
        public Removal {
            owing = List.copyOf(owing);
        }
    }

    /** A stored answer, the name of the tier that had it, and how old it is. */
    record Hit(StoredAnswer answer, String tier, Duration age) {}
}
