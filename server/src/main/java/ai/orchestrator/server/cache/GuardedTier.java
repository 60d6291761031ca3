package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A tier that never fails its caller nor keeps it waiting for long. */
final class GuardedTier implements AutoCloseable {
    private final String name;
    private final CacheTier tier;
    private final OwedRemovals owed;
    private final TierLookups lookups;
    private final TierWriter writer;

    GuardedTier(NamedTier named, int writeQueue) {
        this.name = named.name();
        this.tier = named.tier();
        this.owed = new OwedRemovals(tier);
        this.lookups = new TierLookups(named, owed::settle);
        this.writer = new TierWriter(
                named,
                writeQueue,
                stale -> owed.add(
                        stale.key(),
                        Optional.of(stale.entry().scope()),
                        () -> lookups.takeOut("an answer was to be replaced and could not be")));
    }

    String name() {
        return name;
    }

    CacheTier tier() {
        return tier;
    }

    /** Looks entries up. */
    TierLookups lookups() {
        return lookups;
    }

    /** How long an entry lives here where no rule says otherwise. */
    Duration defaultTtl() {
        return tier.defaultTtl();
    }

    /** Stores an entry: in memory at once, elsewhere soon, nowhere if the tier does not take it or is too far behind. */
    void put(CacheKey key, CacheEntry entry, Duration ttl) {
        writer.put(new NewEntry(key, entry, ttl), false);
    }

    /** Stores an entry likewise; where that fails, the one before it is not served any more either. */
    void replace(CacheKey key, CacheEntry entry, Duration ttl) {
        writer.put(new NewEntry(key, entry, ttl), true);
    }

    /** Removes an entry that is of no use to anybody, soon. */
    void discard(CacheKey key) {
        writer.discard(key);
    }

    /** How many entries were removed, and whether that holds for all that were meant. */
    record Removed(long count, boolean complete) {}

    /** @param scope the one that an entry has to be of; empty for any */
    Removed remove(CacheKey key, Optional<String> scope) {
        return remove(
                entry -> entry.key().equals(key)
                        && (scope.isEmpty() || scope.get().equals(entry.entry().scope())),
                () -> OwedRemovals.remove(tier, key, scope) ? 1L : 0L,
                why -> owed.add(key, scope, () -> lookups.takeOut(why)));
    }

    Removed removeAll(CacheSelector selector) {
        return remove(
                entry -> selector.matches(entry.entry()),
                () -> tier.removeAll(selector),
                why -> owed.add(selector, () -> lookups.takeOut(why)));
    }

    TierReport report() {
        Outages outages = lookups.outages();
        return new TierReport(
                name,
                lookups.isOut(),
                outages.reason(),
                tier.health(),
                tier.usage(),
                lookups.report(),
                writer.report(),
                owed.count(),
                outages.count(),
                outages.total());
    }

    /** Waits for what is to be written, but not long, and not at all for a tier that is out of use. */
    void awaitWrites() {
        if (!lookups.isOut()) {
            writer.drain();
        }
    }

    /** Writes what waits; the tier itself belongs to its plugin. */
    @Override
    public void close() {
        lookups.close();
        writer.close();
    }

    /** What cannot be removed now is owed, and the tier is out of use until that is made up for. */
    private Removed remove(Predicate<NewEntry> waiting, Supplier<Long> removal, Consumer<String> owe) {
        long forgotten = writer.forget(waiting);
        if (!writer.drain()) {
            owe.accept("entries cannot be removed while writes hang");
            return new Removed(forgotten, false);
        }
        if (lookups.isOut()) {
            owe.accept("entries are to be removed");
            return new Removed(forgotten, false);
        }
        try {
            return new Removed(forgotten + removal.get(), true);
        } catch (RuntimeException | Error e) {
            owe.accept("entries cannot be removed: " + e.getMessage());
            return new Removed(forgotten, false);
        }
    }
}
