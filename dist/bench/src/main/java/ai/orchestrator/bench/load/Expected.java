package ai.orchestrator.bench.load;

import java.util.Optional;

/**
 * What every reply has to be: status 200, and as the cache is to be used.
 *
 * @param cache the value of {@code X-Cache}; empty for any
 * @param tier the value of {@code X-Cache-Tier}; empty for any
 */
public record Expected(Optional<String> cache, Optional<String> tier) {
    /** Any reply that is no error. */
    public static final Expected ANSWER = new Expected(Optional.empty(), Optional.empty());

    /** An answer that a model has made. */
    public static final Expected MISS = new Expected(Optional.of("MISS"), Optional.empty());

    /** An answer out of a tier. */
    public static Expected hit(String tier) {
        return new Expected(Optional.of("HIT"), Optional.of(tier));
    }

    boolean isMetBy(Reply reply) {
        return reply.status() == 200
                && (cache.isEmpty() || cache.get().equals(reply.cache()))
                && (tier.isEmpty() || tier.get().equals(reply.tier()));
    }

    String fault(Reply reply) {
        return "status " + reply.status() + ", X-Cache '" + reply.cache() + "', X-Cache-Tier '" + reply.tier() + "'";
    }
}
