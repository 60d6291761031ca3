package ai.orchestrator.plugin.cache;

/** Which entries to remove. */
public sealed interface CacheSelector {
    /** Every entry. */
    record All() implements CacheSelector {}

    /** The entries of one model, by its full name. */
    record ByModel(String model) implements CacheSelector {}

    /** The entries that carry a tag. */
    record ByTag(String tag) implements CacheSelector {}
}
