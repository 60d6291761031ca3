package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Stored answers in tiers, fastest first. */
public final class TieredResponseCache implements ResponseCache, AutoCloseable {
    private static final long TICK_MILLIS = 1_000;
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final List<GuardedTier> tiers;
    private final RecentFingerprints fingerprints = new RecentFingerprints();
    private final Clock clock;
    private final AtomicLong removals = new AtomicLong();
    private final Future<?> ticking;

    /**
     * @param tiers in the order they are asked
     * @param writeQueue how many writes may wait for a tier that is not in memory
     */
    public TieredResponseCache(List<NamedTier> tiers, int writeQueue, Clock clock) {
        this.tiers =
                tiers.stream().map(tier -> new GuardedTier(tier, writeQueue)).toList();
        this.clock = clock;
        this.ticking = ForkJoinPool.commonPool()
                .scheduleAtFixedRate(
                        () -> this.tiers.forEach(tier -> tier.lookups().tick()),
                        TICK_MILLIS,
                        TICK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
        return fingerprints.of(request, model, scope);
    }

    @Override
    public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
        long removalsBefore = removals.get();
        for (int level = 0; level < tiers.size(); level++) {
            TierLookups tier = tiers.get(level).lookups();
            Optional<CacheEntry> entry = tier.find(fingerprint.key());
            if (entry.isEmpty()) {
                continue;
            }
            Optional<StoredAnswer> answer =
                    EntryCodec.decode(fingerprint, entry.get().body());
            if (answer.isEmpty()) {
                if (!EntryCodec.isSound(entry.get().body())) {
                    tier.unsound();
                    tiers.get(level).discard(fingerprint.key());
                } else {
                    tier.miss(); // another request's of the same MD5: it stays that one's until this one is stored
                }
                continue;
            }
            Duration age = age(entry.get().createdAt());
            Duration left = shorter(longestTtl(policy).minus(age), leftOf(answer.get()));
            if (!left.isPositive() || !asked.accepts(age, left)) {
                tier.miss();
                continue;
            }
            tier.hit();
            promote(fingerprint.key(), entry.get(), level, policy, left, removalsBefore);
            return Optional.of(new Hit(answer.get(), tiers.get(level).name(), age));
        }
        return findOld(policy, asked);
    }

    @Override
    public void store(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        CacheEntry entry = entry(fingerprint, requestedModel, answer, policy, tags);
        for (GuardedTier tier : tiers) {
            Duration ttl = shorter(ttl(tier, policy), leftOf(answer));
            if (ttl.isPositive()) {
                tier.put(fingerprint.key(), entry, ttl);
            }
        }
    }

    @Override
    public void replace(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        CacheEntry entry = entry(fingerprint, requestedModel, answer, policy, tags);
        for (GuardedTier tier : tiers) {
            Duration ttl = shorter(ttl(tier, policy), leftOf(answer));
            if (ttl.isPositive()) {
                tier.replace(fingerprint.key(), entry, ttl);
            } else {
                tier.discard(fingerprint.key());
            }
        }
    }

    private static CacheEntry entry(
            RequestFingerprint fingerprint,
            String requestedModel,
            StoredAnswer answer,
            RequestPolicy policy,
            Set<String> tags) {
        byte[] body = EntryCodec.encode(fingerprint, answer);
        return new CacheEntry(body, answer.createdAt(), requestedModel, policy.scope(), tags);
    }

    @Override
    public List<String> tiers() {
        return tiers.stream().map(GuardedTier::name).toList();
    }

    @Override
    public Removal remove(CacheKey key, Optional<String> scope) {
        return remove(tiers, tier -> tier.remove(key, scope));
    }

    @Override
    public Removal removeAll(CacheSelector selector, Optional<String> tier) {
        List<GuardedTier> meant = tiers.stream()
                .filter(candidate -> tier.isEmpty() || tier.get().equals(candidate.name()))
                .toList();
        // what is removed here may only be on its way to the others, which are to have it
        tiers.stream().filter(candidate -> !meant.contains(candidate)).forEach(GuardedTier::awaitWrites);
        return remove(meant, candidate -> candidate.removeAll(selector));
    }

    /** From the lowest tier up, so that no look-up copies upward what is about to go. */
    private Removal remove(List<GuardedTier> from, Function<GuardedTier, GuardedTier.Removed> removal) {
        removals.incrementAndGet();
        long removed = 0;
        List<String> owing = new ArrayList<>();
        for (GuardedTier tier : from.reversed()) {
            GuardedTier.Removed done = removal.apply(tier);
            removed += done.count();
            if (!done.complete()) {
                owing.addFirst(tier.name());
            }
        }
        return new Removal(removed, owing);
    }

    /** How one tier is doing, by its place in the order. */
    public TierReport report(int tier) {
        return tiers.get(tier).report();
    }

    /** How each tier is doing, in order. */
    public List<TierReport> reports() {
        return tiers.stream().map(GuardedTier::report).toList();
    }

    /** Writes what waits; the tiers themselves belong to their plugins. */
    @Override
    public void close() {
        ticking.cancel(false);
        tiers.forEach(GuardedTier::close);
    }

    /** Copies a hit to the faster tiers, where it lives no longer than it would have below; not if it may have been deleted meanwhile. */
    private void promote(
            CacheKey key, CacheEntry entry, int level, RequestPolicy policy, Duration left, long removalsBefore) {
        List<GuardedTier> faster = tiers.subList(0, level);
        for (GuardedTier tier : faster) {
            Duration ttl = ttl(tier, policy);
            if (ttl.isPositive()) {
                tier.put(key, entry, shorter(ttl, left));
            }
        }
        if (removals.get() != removalsBefore) {
            faster.forEach(tier -> tier.remove(key, Optional.of(entry.scope())));
        }
    }

    /** What the older service answered to the same request. It cannot be verified, and is everybody's. */
    private Optional<Hit> findOld(RequestPolicy policy, CacheControl asked) {
        if (asked.oldName().isEmpty() || !policy.scope().isEmpty()) {
            return Optional.empty();
        }
        CacheKey key = OldReplies.key(asked.oldName().get());
        for (GuardedTier tier : tiers) {
            if (tier.tier() instanceof DurableCacheTier durable) {
                Optional<Hit> hit =
                        tier.lookups().ask(() -> durable.oldReply(key)).flatMap(old -> usable(old, tier, asked));
                if (hit.isPresent()) {
                    return hit;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Hit> usable(DurableCacheTier.OldReply old, GuardedTier tier, CacheControl asked) {
        Duration age = age(old.createdAt());
        Optional<StoredAnswer> answer = OldReplies.read(old);
        if (answer.isEmpty() || !asked.accepts(age, Duration.ZERO)) {
            tier.lookups().miss();
            return Optional.empty();
        }
        tier.lookups().hit();
        return Optional.of(new Hit(answer.get(), tier.name(), age));
    }

    private Duration age(Instant createdAt) {
        Duration age = Duration.between(createdAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** How long the evidence of an answer is good for; for ever if it has none. */
    private Duration leftOf(StoredAnswer answer) {
        return answer.expiresAt()
                .map(at -> Duration.between(clock.instant(), at))
                .orElse(FOR_EVER);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
