package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Removals that a tier has missed while it was sick. It is not asked again before they are made up for: what was deleted stays deleted. */
final class OwedRemovals {
    /** With more, everything goes: a cache may forget. */
    private static final int MOST = 1_000;

    private final CacheTier tier;
    private final Set<Removal> owed = new LinkedHashSet<>();

    private sealed interface Removal {
        void from(CacheTier tier);
    }

    private record OfKey(CacheKey key) implements Removal {
        @Override
        public void from(CacheTier tier) {
            tier.remove(key);
        }
    }

    private record Selected(CacheSelector selector) implements Removal {
        @Override
        public void from(CacheTier tier) {
            tier.removeAll(selector);
        }
    }

    OwedRemovals(CacheTier tier) {
        this.tier = tier;
    }

    /** Notes one; the tier is taken out of use in the same moment. */
    void add(CacheKey key, Runnable takeOut) {
        add(new OfKey(key), takeOut);
    }

    /** Notes one; the tier is taken out of use in the same moment. */
    void add(CacheSelector selector, Runnable takeOut) {
        add(new Selected(selector), takeOut);
    }

    synchronized int count() {
        return owed.size();
    }

    /** Makes up for what is owed, then calls the tier back into use; false, without calling it back, where that is not possible. */
    boolean settle(Runnable callBack) {
        for (Removal removal : snapshot()) {
            try {
                removal.from(tier);
            } catch (RuntimeException | Error e) {
                return false;
            }
            done(removal);
        }
        return callBackIfSettled(callBack);
    }

    private synchronized boolean callBackIfSettled(Runnable callBack) {
        if (!owed.isEmpty()) {
            return false;
        }
        callBack.run();
        return true;
    }

    private synchronized void add(Removal removal, Runnable takeOut) {
        owed.add(removal);
        if (owed.size() > MOST) {
            owed.clear();
            owed.add(new Selected(new CacheSelector.All()));
        }
        takeOut.run();
    }

    private synchronized List<Removal> snapshot() {
        return List.copyOf(owed);
    }

    private synchronized void done(Removal removal) {
        owed.remove(removal);
    }
}
