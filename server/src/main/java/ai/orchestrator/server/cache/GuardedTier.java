package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tier that never fails its caller: a call that fails counts as a miss, and a tier that keeps failing is left alone for a while. */
final class GuardedTier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTier.class);

    private final String name;
    private final CacheTier tier;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final TierWriter writer;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder errors = new LongAdder();

    GuardedTier(NamedTier named, int writeQueue) {
        this.name = named.name();
        this.tier = named.tier();
        this.writer = new TierWriter(name, writeQueue);
    }

    String name() {
        return name;
    }

    Optional<CacheEntry> get(CacheKey key) {
        Optional<CacheEntry> entry = guarded(Optional.empty(), () -> tier.get(key));
        (entry.isPresent() ? hits : misses).increment();
        return entry;
    }

    /** How long an entry lives here where no rule says otherwise. */
    Duration defaultTtl() {
        return tier.defaultTtl();
    }

    /** Stores an entry: in memory at once, elsewhere soon, nowhere if the tier is out of use or too far behind. */
    void put(CacheKey key, CacheEntry entry, Duration ttl) {
        Runnable write = () -> guarded(false, () -> {
            tier.put(key, entry, ttl);
            puts.increment();
            return true;
        });
        if (tier.reach() == CacheTier.Reach.MEMORY) {
            write.run();
        } else if (!breaker.isOpen()) {
            writer.submit(write);
        }
    }

    boolean remove(CacheKey key) {
        writer.drain();
        return guarded(false, () -> tier.remove(key));
    }

    long removeAll(CacheSelector selector) {
        writer.drain();
        return guarded(0L, () -> tier.removeAll(selector));
    }

    TierReport report() {
        return new TierReport(
                name,
                breaker.isOpen(),
                tier.health(),
                tier.usage(),
                hits.sum(),
                misses.sum(),
                puts.sum(),
                errors.sum(),
                writer.dropped());
    }

    /** Writes what waits; the tier itself belongs to its plugin. */
    @Override
    public void close() {
        writer.close();
    }

    private <T> T guarded(T otherwise, Supplier<T> call) {
        if (!breaker.admits()) {
            return otherwise;
        }
        try {
            T result = call.get();
            if (breaker.succeeded()) {
                LOG.info("cache tier {} is back in use", name);
            }
            return result;
        } catch (RuntimeException e) {
            errors.increment();
            if (breaker.failed()) {
                LOG.warn("cache tier {} is out of use until it answers again: {}", name, e.getMessage());
            }
            return otherwise;
        }
    }
}
