package ai.orchestrator.cache.sqlite;

/**
 * What a look through some of the entries took away.
 *
 * @param doneUpToId up to where, that one included, no entry is left that was to go
 */
record ScopedSlice(Deleted deleted, long doneUpToId) {}
