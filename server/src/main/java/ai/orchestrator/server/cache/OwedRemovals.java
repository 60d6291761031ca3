package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removals that a tier has missed while it was sick. It is not asked again before they are made up for: what was deleted stays deleted. */
final class OwedRemovals {
    /** With more of one scope, all of that scope goes; with more that are of any scope, everything: a cache may forget. */
    private static final int MOST = 1_000;

    private final CacheTier tier;
    private final Set<Removal> owed = new LinkedHashSet<>();

    private sealed interface Removal {
        void from(CacheTier tier);

        /** The scope whose entries alone may go; empty for any. */
        Optional<String> scope();
    }

    private record OfKey(CacheKey key, Optional<String> scope) implements Removal {
        @Override
        public void from(CacheTier tier) {
            remove(tier, key, scope);
        }
    }

    private record Selected(CacheSelector selector) implements Removal {
        @Override
        public void from(CacheTier tier) {
            tier.removeAll(selector);
        }

        @Override
        public Optional<String> scope() {
            return selector instanceof CacheSelector.InScope(String scope, CacheSelector ignored)
                    ? Optional.of(scope)
                    : Optional.empty();
        }

        static Selected all(Optional<String> scope) {
            CacheSelector.All all = new CacheSelector.All();
            return new Selected(scope.<CacheSelector>map(only -> new CacheSelector.InScope(only, all))
                    .orElse(all));
        }
    }

    OwedRemovals(CacheTier tier) {
        this.tier = tier;
    }

    /** Notes one; the tier is taken out of use in the same moment. */
    void add(CacheKey key, Optional<String> scope, Runnable takeOut) {
        add(new OfKey(key, scope), takeOut);
    }

    /** Notes one; the tier is taken out of use in the same moment. */
    void add(CacheSelector selector, Runnable takeOut) {
        add(new Selected(selector), takeOut);
    }

    /** Removes an entry from a tier if it is of the scope, or there is none given. */
    static boolean remove(CacheTier tier, CacheKey key, Optional<String> scope) {
        return scope.isEmpty() ? tier.remove(key) : tier.remove(key, scope.get());
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
        Optional<String> scope = removal.scope();
        if (owed.stream().filter(other -> other.scope().equals(scope)).count() > MOST) {
            owed.removeIf(other -> scope.isEmpty() || other.scope().equals(scope));
            owed.add(Selected.all(scope));
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
