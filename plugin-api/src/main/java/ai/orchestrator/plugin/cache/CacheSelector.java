package ai.orchestrator.plugin.cache;

import java.util.Set;

/** Which entries to remove. */
public sealed interface CacheSelector {
    /** Whether an entry with these parts is meant. */
    boolean matches(String model, String scope, Set<String> tags);

    /** Whether an entry is meant. */
    default boolean matches(CacheEntry entry) {
        return matches(entry.model(), entry.scope(), entry.tags());
    }

    /** Entries whosever they are. */
    sealed interface OfAnyScope extends CacheSelector {}

    /** Every entry. */
    record All() implements OfAnyScope {
        @Override
        public boolean matches(String model, String scope, Set<String> tags) {
            return true;
        }
    }

    /** The entries of one model, by its full name. */
    record ByModel(String model) implements OfAnyScope {
        @Override
        public boolean matches(String modelOfEntry, String scope, Set<String> tags) {
            return model.equals(modelOfEntry);
        }
    }

    /** The entries that carry a tag. */
    record ByTag(String tag) implements OfAnyScope {
        @Override
        public boolean matches(String model, String scope, Set<String> tags) {
            return tags.contains(tag);
        }
    }

    /**
     * Those among other entries that are of one scope.
     *
     * @param scope as {@link CacheEntry#scope} has it; empty means everybody's entries, and not those of all scopes
     */
    record InScope(String scope, OfAnyScope entries) implements CacheSelector {
        @Override
        public boolean matches(String model, String scopeOfEntry, Set<String> tags) {
            return scope.equals(scopeOfEntry) && entries.matches(model, scopeOfEntry, tags);
        }
    }
}
