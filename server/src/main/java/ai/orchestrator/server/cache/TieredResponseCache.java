package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stored answers in tiers, fastest first. */
public final class TieredResponseCache implements ResponseCache, AutoCloseable {
    private final List<GuardedTier> tiers;
    private final Clock clock;

    /**
     * @param tiers in the order they are asked
     * @param writeQueue how many writes may wait for a tier that is not in memory
     */
    public TieredResponseCache(List<NamedTier> tiers, int writeQueue, Clock clock) {
        this.tiers =
                tiers.stream().map(tier -> new GuardedTier(tier, writeQueue)).toList();
        this.clock = clock;
    }

    @Override
    public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
        return CanonicalRequest.fingerprint(request, model, scope);
    }

    @Override
    public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, Optional<Duration> maxAge) {
        CacheKey key = fingerprint.key();
        for (int level = 0; level < tiers.size(); level++) {
            GuardedTier tier = tiers.get(level);
            Optional<CacheEntry> entry = tier.get(key);
            if (entry.isEmpty()) {
                continue;
            }
            Optional<StoredAnswer> answer =
                    EntryCodec.decode(fingerprint, entry.get().body());
            if (answer.isEmpty()) {
                tier.remove(key);
                continue;
            }
            Duration age = age(entry.get());
            Duration left = longestTtl(policy).minus(age);
            if (!left.isPositive() || maxAge.isPresent() && age.compareTo(maxAge.get()) > 0) {
                continue;
            }
            promote(key, entry.get(), level, policy, left);
            return Optional.of(new Hit(answer.get(), tier.name(), age));
        }
        return Optional.empty();
    }

    @Override
    public void store(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        byte[] body = EntryCodec.encode(fingerprint, answer);
        CacheEntry entry = new CacheEntry(body, answer.createdAt(), requestedModel, policy.scope(), tags);
        for (GuardedTier tier : tiers) {
            Duration ttl = ttl(tier, policy);
            if (ttl.isPositive()) {
                tier.put(fingerprint.key(), entry, ttl);
            }
        }
    }

    @Override
    public List<String> tiers() {
        return tiers.stream().map(GuardedTier::name).toList();
    }

    @Override
    public boolean remove(CacheKey key) {
        boolean removed = false;
        for (GuardedTier tier : tiers) {
            removed |= tier.remove(key);
        }
        return removed;
    }

    @Override
    public long removeAll(CacheSelector selector, Optional<String> tier) {
        return tiers.stream()
                .filter(candidate -> tier.isEmpty() || tier.get().equals(candidate.name()))
                .mapToLong(candidate -> candidate.removeAll(selector))
                .sum();
    }

    /** How each tier is doing, in order. */
    public List<TierReport> reports() {
        return tiers.stream().map(GuardedTier::report).toList();
    }

    /** Writes what waits; the tiers themselves belong to their plugins. */
    @Override
    public void close() {
        tiers.forEach(GuardedTier::close);
    }

    /** Copies a hit to the faster tiers, where it lives no longer than it would have below. */
    private void promote(CacheKey key, CacheEntry entry, int level, RequestPolicy policy, Duration left) {
        for (GuardedTier faster : tiers.subList(0, level)) {
            Duration ttl = ttl(faster, policy);
            faster.put(key, entry, ttl.compareTo(left) < 0 ? ttl : left);
        }
    }

    private Duration age(CacheEntry entry) {
        Duration age = Duration.between(entry.createdAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** How long an answer may be served at all: as long as the tier that keeps it longest. */
    private Duration longestTtl(RequestPolicy policy) {
        return tiers.stream()
                .map(tier -> ttl(tier, policy))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration ttl(GuardedTier tier, RequestPolicy policy) {
        Duration byRule = policy.tierTtl().get(tier.name());
        return byRule != null ? byRule : policy.ttl().orElseGet(tier::defaultTtl);
    }
}
