package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.server.stats.HitRate;
import ai.orchestrator.server.stats.Latencies;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks entries up in one tier, so that a request neither fails nor waits for long because the tier is sick: each lookup has a deadline,
 * and a tier that keeps failing or is too slow is out of use until a thread of its own has found it well again.
 */
final class TierLookups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierLookups.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Probes in a row; the first may be slow, for it may have to connect. */
    private static final int PROBES = 4;

    /** No request has it: an MD5 of 16 zero bytes is not known to exist. */
    private static final CacheKey PROBE = new CacheKey(0, 0);

    private final String name;
    private final CacheTier tier;
    private final boolean bounded;
    private final Return beforeReturn;
    private final LookupRecord record = new LookupRecord();
    private final BoundedCalls calls = new BoundedCalls();
    private final Outages outages = new Outages(System::nanoTime);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder unsound = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final HitRate hitRate = new HitRate(hits::sum, this::lookups);
    private volatile boolean closed;

    /** Decides whether a tier that was out and is well again may be asked again, and calls it back if so. */
    @FunctionalInterface
    interface Return {
        boolean permit(Runnable callBack);
    }

    TierLookups(NamedTier named, Return beforeReturn) {
        this.name = named.name();
        this.tier = named.tier();
        this.bounded = tier.reach() != CacheTier.Reach.MEMORY;
        this.beforeReturn = beforeReturn;
    }

    /** The entry under the key; the caller looks at it and says by {@link #hit}, {@link #miss} or {@link #unsound} what it is worth. */
    Optional<CacheEntry> find(CacheKey key) {
        return ask(() -> tier.get(key));
    }

    /** Another question that is asked like a lookup, and counts as one. */
    <T> Optional<T> ask(Supplier<Optional<T>> question) {
        if (record.isOut()) {
            skipped.increment();
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            Optional<T> found = bounded ? calls.call(question, tier.deadline()) : question.get();
            answered(Duration.ofNanos(System.nanoTime() - start));
            if (found.isEmpty()) {
                misses.increment();
            }
            return found;
        } catch (PluginFailure.Cancelled e) {
            skipped.increment();
            return Optional.empty();
        } catch (RuntimeException e) {
            errors.increment();
            if (record.failed()) {
                goOut(String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private void answered(Duration took) {
        latencies.add(took);
        if (record.answered(bounded && took.compareTo(tier.slowLookup()) > 0)) {
            goOut("most of its answers take more than " + tier.slowLookup().toMillis() + " ms");
        }
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void unsound() {
        unsound.increment();
    }

    boolean isOut() {
        return record.isOut();
    }

    /** Takes the tier out of use until it can do what is asked of it before its return. */
    void takeOut(String why) {
        if (record.takeOut()) {
            goOut(why);
        }
    }

    /** To be called once a second. */
    void tick() {
        hitRate.tick();
    }

    TierReport.Lookups report() {
        return new TierReport.Lookups(
                hits.sum(),
                misses.sum(),
                unsound.sum(),
                errors.sum(),
                skipped.sum(),
                hitRate.snapshot(),
                latencies.snapshot());
    }

    Outages outages() {
        return outages;
    }

    @Override
    public void close() {
        closed = true;
    }

    private long lookups() {
        return hits.sum() + misses.sum() + unsound.sum() + errors.sum() + skipped.sum();
    }

    private void goOut(String why) {
        LOG.warn("cache tier {} is out of use until it is well again: {}", name, why);
        outages.begin(why);
        Thread.ofVirtual().name("cache-recovery-" + name).start(this::recover);
    }

    private void recover() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            if (isWell() && beforeReturn.permit(this::callBack)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void callBack() {
        Duration out = outages.end();
        record.callBack();
        LOG.info("cache tier {} is back in use after {} s", name, out.toMillis() / 1000.0);
    }

    private boolean isWell() {
        int slow = 0;
        for (int probe = 0; probe < PROBES; probe++) {
            long start = System.nanoTime();
            try {
                calls.call(() -> tier.get(PROBE), tier.deadline());
            } catch (RuntimeException e) {
                return false;
            }
            slow += System.nanoTime() - start > tier.slowLookup().toNanos() ? 1 : 0;
        }
        return slow <= 1;
    }
}
